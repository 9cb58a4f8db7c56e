'use strict';
// What people see of an idea, as functions of data.

const plain = (text) => ({ type: 'plain_text', text });
const mrkdwn = (text) => ({ type: 'mrkdwn', text });
const button = (action_id, text, value) => ({ type: 'button', action_id, text: plain(text), value });
const option = (text) => ({ text: plain(text), value: text });

const count = (idea) => `${idea.supporters.size} ${idea.supporters.size === 1 ? 'is' : 'are'} for it`;
const line = (idea) => `*${idea.title}* (${idea.topic}): ${count(idea)}`;

const input = (block_id, label, element) => ({ type: 'input', block_id, label: plain(label), element });

function form({ title, channel }) {
  return {
    type: 'modal',
    callback_id: 'idea',
    notify_on_close: true,
    private_metadata: channel ?? '',
    title: plain('New idea'),
    submit: plain('Tell it'),
    close: plain('Cancel'),
    blocks: [
      input('title', 'What', { type: 'plain_text_input', action_id: 'text', initial_value: title || undefined }),
      input('topic', 'Topic', { type: 'external_select', action_id: 'topic', min_query_length: 1 }),
      input('channel', 'Where', { type: 'channels_select', action_id: 'channel', initial_channel: channel }),
    ],
  };
}

function message(idea) {
  return {
    text: `An idea of <@${idea.author}>: ${idea.title}`,
    blocks: [
      { type: 'section', text: mrkdwn(line(idea)) },
      { type: 'context', elements: [mrkdwn(`from <@${idea.author}>`)] },
      { type: 'actions', elements: [button('support', 'I am for it', idea.id)] },
    ],
  };
}

function home(ideas) {
  return {
    type: 'home',
    blocks: [
      { type: 'header', text: plain('Ideas') },
      { type: 'actions', elements: [button('new', 'New idea', 'new')] },
      ...ideas.map((idea) => ({ type: 'section', text: mrkdwn(line(idea)) })),
    ],
  };
}

const list = (ideas) => ideas.map(line).join('\n') || 'No ideas yet.';

module.exports = { form, message, home, list, option };
