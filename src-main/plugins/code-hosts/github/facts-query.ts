// The one question of GraphQL for many pull requests at once, and for branches whose pull request is looked for.

/** Pull requests, or branches, per question: more take GitHub too long. */
export const perQuery = 25;

export const aliasOf = (number: number): string => `p${number}`;

/** Numbers are written into the text, since they are nothing but digits. */
export const factsQuery = (numbers: readonly number[]): string =>
  question(
    '',
    numbers.map((number) => `${aliasOf(number)}: pullRequest(number: ${number}) { ${fieldsOf(number)} }`),
  );

/** Names of branches are variables, and never part of the text. */
export const branchesQuery = (count: number): string => {
  const places = Array.from({ length: count }, (_, index) => index);
  return question(
    places.map((index) => `, $b${index}: String!`).join(''),
    places.map(
      (index) =>
        `b${index}: pullRequests(headRefName: $b${index}, states: OPEN, first: 5, orderBy: {field: CREATED_AT, direction: DESC}) { nodes { number isCrossRepository } }`,
    ),
  );
};

const question = (variables: string, parts: readonly string[]): string =>
  `query($owner: String!, $name: String!${variables}) { repository(owner: $owner, name: $name) { ${parts.join(' ')} } }`;

const fieldsOf = (number: number): string => `
  number title url state isDraft headRefName headRefOid baseRefName mergeable mergeStateStatus reviewDecision
  commits(last: 1) { nodes { commit { statusCheckRollup { state contexts(first: 100) { pageInfo { hasNextPage } nodes {
    __typename
    ... on CheckRun { name status conclusion detailsUrl title summary isRequired(pullRequestNumber: ${number}) }
    ... on StatusContext { context state targetUrl description isRequired(pullRequestNumber: ${number}) }
  } } } } } }
  reviews(last: 50) { nodes { id author { __typename login } state body submittedAt } }
  reviewThreads(last: 50) { nodes { id isResolved path line
    comments(last: 20) { nodes { id author { __typename login } body url createdAt } } } }`;
