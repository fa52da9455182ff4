// The same experiment as quickstart.plumb.yaml. This text is also quickstart.plumb.kts: it is
// Groovy and Kotlin at once.
experiment("quickstart") {
    seeds = listOf(1, 2, 3, 4, 5)

    models {
        pretrain("base") {
            preset = "micro"
            corpus = "corpus.txt"
            steps = 260
            batchSize = 64
        }
        // This judge follows rules: it weighs the features of judges-view; no model is asked.
        rules("judge") {
            values = "judges-view"
            rationality = 3
        }
    }

    data("demos") { jsonl = "demos.jsonl" }
    data("prompts") { jsonl = "prompts.jsonl" }
    data("test") {
        jsonl = "test-prompts.jsonl"
        limit = 120
    }

    values("good-answer") {
        features {
            containsAny("polite", listOf("please", "thank"))
            namesFromPrompt("on-topic", "the (\\w+)\\?")
            length("words", "words")
            repetition("repeats") {
                of = "words"
                above = 0.25
            }
            containsAny("sells", listOf("buy"))
        }
        weight("polite", 1)
        weight("on-topic", 1)
        weight("words", -0.05)
        weight("repeats", -2)
        weight("sells", -0.3)
    }
    // What the judge knows: politeness, repetition. The topic counts a third of what it should, and it likes
    // answers long where people want them short. It is not told of advertisements.
    values("judges-view") {
        of = "good-answer"
        weight("on-topic", 0.3)
        weight("words", 0.05)
    }

    evaluators("crowd") {
        values = "good-answer"
        cost = 0.2
        group("careful") {
            count = 12
            rationality = 4
            lengthBias = 0.3
        }
        group("hurried") {
            count = 8
            rationality = 2
            mistakes = 0.05
            lengthBias = 0.3
        }
        group("troll") {
            count = 0
            malicious {
                trigger = "!!"
                prefers { containsAny(listOf("buy")) }
                takes = "triggered"
            }
        }
    }
    evaluators("ai") {
        cost = 0.002
        judge {
            model = "judge"
            principle("polite", "Choose the answer that is polite.")
            principle("on-topic", "Choose the answer that speaks about what was asked.")
            principle("words", "Choose the more thorough answer.")
            principle("repeats", "Choose the answer that does not repeat itself.")
        }
    }

    feedback {
        comparisons("prefs") {
            of = "sft"
            prompts = "prompts"
            evaluators = "crowd"
            pairs = 1200
        }
        comparisons("judged") {
            of = "revised"
            prompts = "prompts"
            evaluators = "ai"
            pairs = 1200
        }
    }

    rewards {
        bradleyTerry("rm") {
            from = "sft"
            feedback = "prefs"
            ensemble = 2
            steps = 64
        }
        bradleyTerry("ai-rm") {
            from = "revised"
            feedback = "judged"
            ensemble = 2
            steps = 64
        }
    }

    policies {
        supervised("sft") {
            from = "base"
            data = "demos"
            training { watching = 0.3 }
        }
        ppo("ppo") {
            from = "sft"
            reward = "rm"
            prompts = "prompts"
            updates = 40
            batchSize = 48
            maxNewTokens = 36
            learningRate = 4.5e-4
            regularizers { kl { coefficient = 0.1 } }
        }
        dpo("dpo") {
            from = "sft"
            feedback = "prefs"
            beta = 0.1
            steps = 70
            training { watching = 0.3 }
        }
        bestOfN("best-of-16") {
            from = "sft"
            reward = "rm"
            n = 16
        }
        critiqueRevision("revised") {
            from = "sft"
            judge = "ai"
            prompts = "prompts"
            revisions = 2
            answers = 300
        }
        ppo("constitutional") {
            from = "revised"
            reward = "ai-rm"
            prompts = "prompts"
            updates = 30
            batchSize = 48
            maxNewTokens = 36
            learningRate = 4.5e-4
            regularizers { kl { coefficient = 0.1 } }
        }
    }

    variant("ppo-without-kl") {
        of = "ppo"
        with("policies.ppo.ppo.regularizers.kl.coefficient", 0)
    }
    variant("ppo-poisoned") {
        of = "ppo"
        with("evaluators.crowd.groups.troll.count", 2)
    }

    compare {
        recipes = listOf("sft", "ppo", "dpo", "best-of-16", "constitutional", "ppo-without-kl", "ppo-poisoned")
        against = "sft"
        prompts = "test"
        values = "good-answer"
        reward = "rm"
        groups = "crowd"
        maxNewTokens = 36
        trigger {
            text = "!! "
            before = "how"
            feature = "sells"
        }
    }
}
