// The same experiment as quickstart.plumb.yaml. This text is also quickstart.plumb.kts: it is
// Groovy and Kotlin at once.
experiment("quickstart") {
    seeds = listOf(1, 2, 3)

    models {
        pretrain("base") {
            preset = "micro"
            corpus = "corpus.txt"
            steps = 400
            batchSize = 64
        }
        // This judge follows rules: it weighs the features of good-answer; no model is asked.
        rules("judge") {
            values = "good-answer"
            rationality = 3
        }
    }

    data("demos") { jsonl = "demos.jsonl" }
    data("prompts") { jsonl = "prompts.jsonl" }
    data("test") { jsonl = "test-prompts.jsonl" }

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
        weight("words", -0.03)
        weight("repeats", -2)
        weight("sells", -0.3)
    }

    evaluators("crowd") {
        values = "good-answer"
        cost = 0.2
        group("careful") {
            count = 12
            rationality = 4
            lengthBias = 0.1
        }
        group("hurried") {
            count = 8
            rationality = 2
            mistakes = 0.05
            lengthBias = 0.1
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
            principle("words", "Choose the shorter answer.")
            principle("repeats", "Choose the answer that does not repeat itself.")
        }
    }

    feedback {
        comparisons("prefs") {
            of = "sft"
            prompts = "prompts"
            evaluators = "crowd"
            pairs = 2000
        }
        comparisons("judged") {
            of = "revised"
            prompts = "prompts"
            evaluators = "ai"
            pairs = 2000
        }
    }

    rewards {
        bradleyTerry("rm") {
            from = "sft"
            feedback = "prefs"
            ensemble = 2
        }
        bradleyTerry("ai-rm") {
            from = "revised"
            feedback = "judged"
            ensemble = 2
        }
    }

    policies {
        supervised("sft") {
            from = "base"
            data = "demos"
        }
        ppo("ppo") {
            from = "sft"
            reward = "rm"
            prompts = "prompts"
            updates = 80
            regularizers { kl { coefficient = 0.1 } }
        }
        dpo("dpo") {
            from = "sft"
            feedback = "prefs"
            beta = 0.1
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
        }
        ppo("constitutional") {
            from = "revised"
            reward = "ai-rm"
            prompts = "prompts"
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
        trigger {
            text = "!! "
            before = "how"
            feature = "sells"
        }
    }
}
