// DPO: a policy that learns from preferences without a reward model.
// This text is Groovy and Kotlin at once. docs/reference/spec.md describes every key; a key
// such as hold_out is written holdOut here.
experiment("dpo") {
    seeds = listOf(1, 2, 3) // everything is repeated with each

    // A small language model, trained here from nothing on plain text.
    models { pretrain("base") { corpus = "corpus.txt" } }

    data("demos") { jsonl = "demos.jsonl" } // rows with prompt and completion
    data("prefs") {
        jsonl = "prefs.jsonl" // rows with chosen and rejected
        holdOut = 0.15
    }

    feedback { recorded("human") { data = "prefs" } }

    policies {
        supervised("sft") {
            from = "base"
            data = "demos"
        }
        // beta: how strongly it is kept near the policy it started from; a loop makes a recipe
        // of each.
        for (percent in listOf(2, 10, 50)) {
            dpo("dpo-$percent") {
                from = "sft"
                feedback = "human"
                beta = percent / 100.0
            }
        }
    }

    // Only to measure with: no policy here is trained on it.
    rewards {
        bradleyTerry("rm") {
            from = "sft"
            feedback = "human"
            holdOut = 0.2
        }
    }

    compare {
        recipes = listOf("sft", "dpo-2", "dpo-10", "dpo-50")
        against = "sft"
        prompts = "prefs.held_out"
        reward = "rm"
    }
}
