// The same experiment as human-preferences.plumb.yaml. This text is also
// human-preferences.plumb.kts: it is Groovy and Kotlin at once.
experiment("human-preferences") {
    seeds = listOf(1)

    data("preferences") {
        jsonl = "preferences.jsonl"
        holdOut = 0.15
    }

    models {
        // A tokenizer and a small transformer, trained on the transcripts.
        pretrain("base") {
            preset = "nano"
            data = "preferences"
            vocabulary = 1024
            context = 256
            steps = 300
            batchSize = 16
            learningRate = 2e-3
        }
    }

    feedback { recorded("human") { data = "preferences" } }

    rewards {
        bradleyTerry("rm") {
            from = "sft"
            feedback = "human"
            steps = 120
            batchSize = 16
            learningRate = 3e-4
            holdOut = 0.2
        }
    }

    policies {
        supervised("sft") {
            from = "base"
            feedback = "human"
            steps = 120
            batchSize = 16
            learningRate = 5e-4
        }
        dpo("dpo") {
            from = "sft"
            feedback = "human"
            steps = 100
            batchSize = 8
            learningRate = 1e-4
        }
        bestOfN("best-of-8") {
            from = "sft"
            reward = "rm"
            n = 8
        }
    }

    compare {
        recipes = listOf("sft", "dpo", "best-of-8")
        against = "sft"
        prompts = "preferences.held_out"
        reward = "rm"
        maxNewTokens = 64
    }
}
