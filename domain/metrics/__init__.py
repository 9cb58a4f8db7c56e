"""How engagement is measured: each number one pure function, with its formula and where it is from."""
