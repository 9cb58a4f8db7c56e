'use strict';
// Collects the ideas of a team: an ordinary Bolt app.

const { App } = require('@slack/bolt');
const { connection } = require('./connection');
const { form, message, home, list, option } = require('./views');

const app = new App(connection(process.env));

const TOPICS = ['Forecast', 'Labelling', 'Onboarding', 'Pricing', 'Support'];
const ideas = [];

app.command('/idea', async ({ ack, client, command }) => {
  if (command.text === 'list') {
    await ack(list(ideas));
    return;
  }
  await ack();
  await client.views.open({
    trigger_id: command.trigger_id,
    view: form({ title: command.text, channel: command.channel_id }),
  });
});

app.shortcut({ type: 'message_action', callback_id: 'keep' }, async ({ ack, client, shortcut }) => {
  await ack();
  await client.views.open({
    trigger_id: shortcut.trigger_id,
    view: form({ title: shortcut.message.text, channel: shortcut.channel.id }),
  });
});

app.shortcut({ type: 'shortcut', callback_id: 'new' }, async ({ ack, client, shortcut }) => {
  await ack();
  await client.views.open({ trigger_id: shortcut.trigger_id, view: form({}) });
});

app.action('new', async ({ ack, body, client }) => {
  await ack();
  await client.views.open({ trigger_id: body.trigger_id, view: form({}) });
});

app.options('topic', async ({ ack, options }) => {
  const typed = options.value.toLowerCase();
  await ack({ options: TOPICS.filter((topic) => topic.toLowerCase().includes(typed)).map(option) });
});

app.view('idea', async ({ ack, body, client, view }) => {
  const { title, topic, channel } = view.state.values;
  const errors = mistakes(title.text.value);
  if (errors) {
    await ack({ response_action: 'errors', errors });
    return;
  }
  await ack();
  const idea = {
    id: `idea-${ideas.length + 1}`,
    title: title.text.value,
    topic: topic.topic.selected_option.value,
    channel: channel.channel.selected_channel,
    author: body.user.id,
    supporters: new Set([body.user.id]),
  };
  ideas.push(idea);
  const posted = await client.chat.postMessage({ channel: idea.channel, ...message(idea) });
  idea.ts = posted.ts;
  await client.views.publish({ user_id: idea.author, view: home(ideas) });
});

function mistakes(title) {
  if (title.length < 5) return { title: 'Say it in five characters or more.' };
  if (ideas.some((idea) => idea.title === title)) return { title: 'There is such an idea already.' };
  return undefined;
}

app.view({ callback_id: 'idea', type: 'view_closed' }, async ({ ack, body, client, view }) => {
  await ack();
  if (view.private_metadata) {
    await client.chat.postEphemeral({ channel: view.private_metadata, user: body.user.id, text: 'Nothing was kept.' });
  }
});

app.action('support', async ({ ack, action, body, client, respond }) => {
  await ack();
  const idea = ideas.find(({ id }) => id === action.value);
  if (idea.supporters.has(body.user.id)) {
    await respond({ text: 'You are for it already.', response_type: 'ephemeral', replace_original: false });
    return;
  }
  await support(client, idea, body.user.id);
});

app.event('reaction_added', async ({ client, event }) => {
  const idea = ideas.find(({ channel, ts }) => channel === event.item.channel && ts === event.item.ts);
  if (idea && event.reaction === 'bulb') await support(client, idea, event.user);
});

async function support(client, idea, user) {
  idea.supporters.add(user);
  await client.chat.update({ channel: idea.channel, ts: idea.ts, ...message(idea) });
  await client.views.publish({ user_id: user, view: home(ideas) });
}

app.event('app_home_opened', async ({ client, event }) => {
  if (event.tab === 'home') await client.views.publish({ user_id: event.user, view: home(ideas) });
});

app.message('ideas?', async ({ message: heard, say }) => {
  await say({ text: list(ideas), thread_ts: heard.ts });
});

app.start({ host: '127.0.0.1', port: process.env.PORT });
