// PPO: people compare answers, a reward model learns from them, a policy is trained on it.
// This text is Groovy and Kotlin at once. docs/reference/spec.md describes every key; a key
// such as hold_out is written holdOut here.
experiment("ppo") {
    seeds = listOf(1, 2, 3) // everything is repeated with each

    // A small language model, trained here from nothing on plain text.
    models { pretrain("base") { corpus = "corpus.txt" } }

    data("demos") { jsonl = "demos.jsonl" } // rows with prompt and completion
    data("prompts") {
        jsonl = "prompts.jsonl" // rows with prompt
        holdOut = 0.2
    }

    // What people want, as weighted features of an answer: known here, so it can be measured.
    values("good") {
        features {
            containsAny("polite", listOf("please", "thank"))
            length("words", "words")
        }
        weight("polite", 1)
        weight("words", -0.03)
    }

    // Simulated people: rationality says how rarely they err.
    evaluators("crowd") {
        values = "good"
        group("people") {
            count = 10
            rationality = 3
        }
    }

    feedback {
        comparisons("prefs") {
            of = "sft"
            prompts = "prompts"
            evaluators = "crowd"
            pairs = 1000
        }
    }

    rewards {
        bradleyTerry("rm") {
            from = "sft"
            feedback = "prefs"
        }
    }

    policies {
        supervised("sft") {
            from = "base"
            data = "demos"
        }
        // The KL term keeps the policy near its reference, where the reward can be trusted.
        ppo("ppo") {
            from = "sft"
            reward = "rm"
            prompts = "prompts"
            regularizers { kl { coefficient = 0.1 } }
        }
    }

    variant("ppo-without-kl") {
        of = "ppo"
        with("policies.ppo.ppo.regularizers.kl.coefficient", 0)
    }

    compare {
        recipes = listOf("sft", "ppo", "ppo-without-kl")
        against = "sft"
        prompts = "prompts.held_out"
        values = "good" // decides who wins
        reward = "rm" // shown beside it: where the two part, the reward is being gamed
    }
}
