'use strict';
// How the app and Slack reach each other. Only the address of the Web API tells that Slack is elsewhere.

const SCOPES = ['commands', 'chat:write', 'channels:read', 'im:history', 'reactions:read'];

/** Socket Mode, signed HTTP for one workspace, or signed HTTP for every workspace that installs the app. */
function connection(env) {
  const clientOptions = { slackApiUrl: env.SLACK_API_URL };
  if (env.SLACK_APP_TOKEN) {
    return { token: env.SLACK_BOT_TOKEN, appToken: env.SLACK_APP_TOKEN, socketMode: true, clientOptions };
  }
  const http = { signingSecret: env.SLACK_SIGNING_SECRET, clientOptions };
  return env.SLACK_BOT_TOKEN ? { ...http, token: env.SLACK_BOT_TOKEN } : { ...http, ...installing(env) };
}

function installing(env) {
  return {
    clientId: env.SLACK_CLIENT_ID,
    clientSecret: env.SLACK_CLIENT_SECRET,
    stateSecret: 'known to the app alone',
    scopes: SCOPES,
    redirectUri: `http://127.0.0.1:${env.PORT}/slack/oauth_redirect`,
    installationStore: installations(),
    installerOptions: {
      authorizationUrl: env.SLACK_AUTHORIZE_URL,
      directInstall: true,
      redirectUriPath: '/slack/oauth_redirect',
    },
  };
}

function installations() {
  const known = new Map();
  return {
    storeInstallation: async (installation) => known.set(installation.team.id, installation),
    fetchInstallation: async ({ teamId }) => known.get(teamId),
    deleteInstallation: async ({ teamId }) => known.delete(teamId),
  };
}

module.exports = { connection };
