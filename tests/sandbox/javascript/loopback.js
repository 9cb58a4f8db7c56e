'use strict';
// Loaded before an app: like every other test, it reaches this machine only.

const net = require('node:net');

const HERE = new Set(['127.0.0.1', '::1', 'localhost', undefined]);
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function connectHere(...args) {
  const [options] = net._normalizeArgs(Array.isArray(args[0]) ? args[0] : args);
  if (!options.path && !HERE.has(options.host)) {
    throw new Error(`Tests speak to this machine only; an app in JavaScript asked for ${options.host}.`);
  }
  return connect.apply(this, args);
};
