// The home of a person who uses all the agents, each pointed at the scripted model. The keys are made up.
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** What agents find in the environment; the login shell sets it, since that is where Athene takes it from. */
const key = 'sk-made-up-for-the-scripted-model-0000';

export function preparePerson(home: string, model: string, programs: string): void {
  const path = [programs, dirname(process.execPath), '"$PATH"'].join(delimiter);
  const variables = {
    ANTHROPIC_BASE_URL: model,
    ANTHROPIC_API_KEY: key,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    // As root it acts without asking only where it is told that nothing can come to harm.
    IS_SANDBOX: '1',
    SCRIPTED_MODEL_KEY: key,
    GOOGLE_GEMINI_BASE_URL: model,
    GEMINI_API_KEY: key,
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
    COPILOT_OFFLINE: 'true',
    COPILOT_PROVIDER_BASE_URL: `${model}/v1`,
    COPILOT_PROVIDER_API_KEY: key,
    COPILOT_MODEL: 'some-model',
    GOOSE_PROVIDER: 'openai',
    GOOSE_MODEL: 'some-model',
    OPENAI_HOST: model,
    OPENAI_API_KEY: key,
    GOOSE_DISABLE_KEYRING: '1',
    GOOSE_TELEMETRY_ENABLED: 'false',
  };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'`);
  const profile = [`export PATH=${path}`, ...lines, ''].join('\n');
  const files = {
    '.profile': profile,
    '.zprofile': profile,
    '.claude.json': json({
      hasCompletedOnboarding: true,
      customApiKeyResponses: { approved: [key.slice(-20)], rejected: [] },
    }),
    '.codex/config.toml': codexConfiguration(model),
    '.config/opencode/opencode.json': json(opencodeConfiguration(model)),
    '.gemini/settings.json': json({
      security: { auth: { selectedType: 'gemini-api-key' } },
      general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
      privacy: { usageStatisticsEnabled: false },
    }),
    '.qwen/settings.json': json({
      security: { auth: { selectedType: 'openai', apiKey: key, baseUrl: `${model}/v1` } },
      model: { name: 'some-model' },
      general: { enableAutoUpdate: false },
      privacy: { usageStatisticsEnabled: false },
      ui: { enableFollowupSuggestions: false },
    }),
    '.cline/data/settings/providers.json': json(clineProviders(model)),
  };
  for (const [name, content] of Object.entries(files)) {
    const file = join(home, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const codexConfiguration = (model: string): string => `model = "gpt-5"
model_provider = "scripted"

[model_providers.scripted]
name = "Scripted"
base_url = "${model}/v1"
env_key = "SCRIPTED_MODEL_KEY"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
`;

const opencodeConfiguration = (model: string) => ({
  $schema: 'https://opencode.ai/config.json',
  model: 'scripted/some-model',
  autoupdate: false,
  share: 'disabled',
  provider: {
    scripted: {
      npm: '@ai-sdk/openai-compatible',
      name: 'Scripted',
      options: { baseURL: `${model}/v1`, apiKey: key },
      models: { 'some-model': { name: 'Some model', limit: { context: 100_000, output: 8000 } } },
    },
  },
});

const clineProviders = (model: string) => ({
  version: 1,
  lastUsedProvider: 'openai-compatible',
  modes: {},
  providers: {
    'openai-compatible': {
      settings: { provider: 'openai-compatible', apiKey: key, model: 'some-model', baseUrl: `${model}/v1` },
      updatedAt: '2026-11-26T20:00:00.000Z',
      tokenSource: 'manual',
    },
  },
});
