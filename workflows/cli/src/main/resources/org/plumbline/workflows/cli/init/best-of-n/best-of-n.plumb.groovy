// Best of n: nothing is trained but the reward model; it picks the best of n answers.
// This text is Groovy and Kotlin at once. docs/reference/spec.md describes every key; a key
// such as hold_out is written holdOut here.
experiment("best-of-n") {
    seeds = listOf(1, 2, 3) // everything is repeated with each

    // A small language model, trained here from nothing on plain text.
    models { pretrain("base") { corpus = "corpus.txt" } }

    data("demos") { jsonl = "demos.jsonl" } // rows with prompt and completion
    data("prefs") {
        jsonl = "prefs.jsonl" // rows with chosen and rejected
        holdOut = 0.15
    }

    feedback { recorded("human") { data = "prefs" } }

    rewards {
        bradleyTerry("rm") {
            from = "sft"
            feedback = "human"
            holdOut = 0.2
        }
    }

    policies {
        supervised("sft") {
            from = "base"
            data = "demos"
        }
        // A loop makes a recipe of each.
        for (k in listOf(4, 16)) {
            bestOfN("best-of-$k") {
                from = "sft"
                reward = "rm"
                n = k
            }
        }
    }

    compare {
        recipes = listOf("sft", "best-of-4", "best-of-16")
        against = "sft"
        prompts = "prefs.held_out"
        reward = "rm"
    }
}
