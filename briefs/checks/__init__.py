"""What comes back from a language model, checked by code: thirteen checks in one order.

The first is `whole.read`; the others take a draft and the request it answers, and give the draft back.
"""
