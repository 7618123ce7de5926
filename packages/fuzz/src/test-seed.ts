import fc from "fast-check";

// Where the random cases of property tests start. A failure prints the seed.
fc.configureGlobal({ seed: Number(process.env["TEST_SEED"]) });
