// Which troubles of configuration files leave open what the rules for reactions are.

/** Can it be that rules are others than they seem? @param project null: those of all projects */
export const leavesRulesOpen = ({ field }: { readonly field: string | null }, project: string | null): boolean =>
  field === null || isIn(field, 'reactions') || (project !== null && isIn(field, `projects.${project}`));

const isIn = (field: string, section: string): boolean => field === section || field.startsWith(`${section}.`);
