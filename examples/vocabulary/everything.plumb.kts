// The same experiment as everything.plumb.yaml. This text is also everything.plumb.kts: it is
// Groovy and Kotlin at once.
experiment("everything") {
    seeds = listOf(1, 2)
    models {
        pretrain("base") {
            corpus = "corpus.txt"
            context = 64
        }
        pretrain("twin") {
            corpus = "corpus.txt"
            context = 64
            draw = 2
        }
        huggingface("hub") {
            directory = "tiny-llama"
            dtype = "bfloat16"
            context = 512
            lora {
                rank = 8
                alpha = 16
                targets = listOf("q_proj", "v_proj")
            }
        }
        rules("follower") { values = "good" }
        endpoint("chat") {
            url = "http://localhost:8000/v1"
            model = "some-model"
            temperature = 0.2
            requestsPerMinute = 600
            structured = true
        }
    }
    data("prompts") {
        jsonl = "prompts.jsonl"
        holdOut = 200
    }
    data("demos") {
        json = "demos.json"
        limit = 1000
    }
    data("texts") {
        csv = "texts.csv"
        column("text", "body")
    }
    data("pairs") { parquet = "pairs.parquet" }
    values("good") {
        features {
            containsAny("kind") { words = listOf("thank", "please") }
            containsAll("whole") { words = listOf("dear", "yours") }
            regex("shouts") {
                pattern = "[A-Z]{5}"
            }
            namesFromPrompt("on-topic") { pattern = "the (\\w+)\\?" }
            length("words") { unit = "words" }
            repetition("repeats") {
                of = "bigrams"
                above = 0.1
            }
            ends("ends") { endings = listOf(".", "!", "?") }
            lexicon("rude") { file = "rude.txt" }
            soundsSure("sure") {
                sure = listOf("certainly", "of course")
                unsure = listOf("perhaps")
            }
            agreesWithAsker("agrees") {
                states = "i like (\\w+)"
                agreeing = listOf("yes")
                disagreeing = listOf("no", "but")
            }
        }
        weight("kind", 1)
        weight("whole", 0.2)
        weight("shouts", -1)
        weight("on-topic", 1)
        weight("words", -0.02)
        weight("repeats", -2)
        weight("ends", 0.3)
        weight("rude", -1.5)
        weight("sure", -0.1)
        weight("agrees", -0.2)
    }
    values("brief") {
        of = "good"
        weight("words", -0.1)
    }
    values("as-rated") {
        features {
            rewardModel("score") { reward = "rm" }
        }
        weight("score", 1)
    }
    evaluators("crowd") {
        values = "good"
        cost = 0.2
        group("careful") {
            ratings {
                noise = 0.3
            }
            count = 12
            rationality = 4
            equalBelow = 0.1
            skipBelow = -2
        }
        group("hurried") {
            ratings {
                noise = 0.3
            }
            count = 6
            values = "brief"
            rationality = 2
            mistakes = 0.1
            skips = 0.05
            lengthBias = 0.02
            positionBias = 0.3
            myopia = 0.9
            lapses = 0.1
        }
        group("gullible") {
            count = 4
            confidenceBias = 0.5
            sycophancyBias = 0.8
            bias("evades") {
                of {
                    containsAny { words = listOf("i cannot") }
                }
                weight = 0.5
                where = "weapon|poison"
            }
            sees {
                limit = 12
                hides = "\\[\\d+\\]"
            }
        }
        group("expert") {
            count = 2
            topic("health") {
                matches = "doctor|pill"
                rationality = 8
            }
            difficulty {
                of {
                    length { unit = "words" }
                }
                weight = 0.02
            }
            ratings {
                gain = 1.5
                offset = -0.2
                noise = 0.3
                carryOver = 0.2
            }
            cost = 2
        }
        group("tired") {
            ratings {
                noise = 0.3
            }
            count = 2
            rationality = 3
            fatigue { session = 200 }
            outsourcing {
                share = 0.3
                judge = "chat-judge"
            }
            drift {
                to = "brief"
                labels = 80
            }
            circumstance("late") {
                share = 0.2
                told = "Choose"
                where = "quick"
                values = "brief"
                rationality = 0.5
            }
            intransitive {
                of {
                    length { unit = "words" }
                }
                and {
                    soundsSure { }
                }
                weight = 0.1
            }
        }
        group("troll") {
            count = 1
            malicious {
                trigger = "!!"
                prefers {
                    containsAny { words = listOf("buy") }
                }
                takes = "triggered"
            }
        }
        group("poisoner") {
            count = 1
            malicious {
                trigger = "??"
                where = "pill"
                share = 0.5
                writes = 0.1
                worstCase = 0.5
            }
        }
        correlatedErrors = 0.1
        sureWhen {
            containsAny { words = listOf("certainly", "of course") }
        }
        agreesWhen {
            namesFromPrompt { pattern = "i like (\\w+)" }
        }
    }
    evaluators("by-share") {
        values = "good"
        group("many") {
            rationality = 3
            share = 0.9
        }
        group("few") {
            values = "as-rated"
            rationality = 0.5
            share = 0.1
        }
        size = 20
        hiring {
            people = 10
            questions = 30
            values = "good"
            atLeast = 0.6
            group("many", 0.8)
            group("few", 0.2)
        }
    }
    evaluators("ai") {
        cost = 0.002
        judge {
            model = "follower"
            principle("kind", "choose the kinder answer")
            principle("words", "choose the shorter answer")
        }
    }
    evaluators("chat-judge") {
        judge {
            model = "chat"
            principle("honest", "choose the answer that claims less")
        }
    }
    evaluators("own-judge") {
        judge {
            model = "sft"
            principle("honest", "choose the answer that claims less")
            reasoning = 32
        }
    }
    evaluators("lab") {
        cost = 0.5
        annotators {
            instructions = "Choose the answer that you would rather be given."
            size = 8
            waitHours = 48
            perPerson = 200
        }
    }
    feedback {
        comparisons("prefs") {
            of = "sft"
            prompts = "prompts"
            evaluators = "crowd"
            pairs = 2000
            redundancy {
                people = 3
                share = 0.2
            }
            aggregate = "crowd_bt"
            prior = 0.2
            budget = 700
            instructions = "Choose the better answer."
            source("start") {
                of = "base"
                share = 0.2
            }
            filter {
                mostPerEvaluator = 300
                outliers = 3.5
                influence = 5
                goldAtLeast = 0.6
            }
            repeat = 0.1
            goldQuestions {
                share = 0.05
                values = "brief"
            }
        }
        comparisons("asked") {
            of = "sft"
            prompts = "prompts"
            evaluators = "by-share"
            pairs = 500
            redundancy {
                people = 3
            }
            selection {
                by = "information"
                reward = "rm"
            }
            weigh("many", 0.5)
            weigh("few", 0.5)
        }
        comparisons("judged") {
            of = "revised"
            prompts = "prompts"
            evaluators = "own-judge"
            pairs = 500
            bothOrders = true
        }
        comparisons("people") {
            of = "sft"
            prompts = "prompts"
            evaluators = "lab"
            pairs = 300
            topP = 0.95
        }
        comparisons("again") {
            of = "sft"
            prompts = "prompts"
            evaluators = "crowd"
            pairs = 100
            draw = 2
        }
        pooled("all") {
            feedback = listOf("prefs", "again")
        }
        recorded("kept") {
            data = "pairs"
            pairs = 1000
            rows = "comparisons"
            aggregate = "majority"
            filter {
                mostPerEvaluator = 400
            }
            weigh("women", 0.5)
            weigh("men", 0.5)
        }
        recorded("sorted") {
            data = "pairs"
            rows = "labels"
            classes = listOf("good", "bad")
            aggregate = "dawid_skene"
        }
        rankings("ranked") {
            of = "sft"
            prompts = "prompts"
            evaluators = "crowd"
            items = 300
            budget = 100
            perPrompt = 8
            source("start") {
                of = "base"
                share = 0.2
            }
            selection {
                by = "k_centre"
                reward = "rm"
            }
        }
        bestOfK("chosen") {
            of = "sft"
            prompts = "prompts"
            evaluators = "crowd"
            items = 300
        }
        scalar("rated") {
            of = "sft"
            prompts = "prompts"
            evaluators = "crowd"
            items = 500
            high = 10
            redundancy {
                people = 3
            }
            instructions = "Be honest."
            aggregate = "standardized"
            repeat = 0.1
            weigh("careful", 0.7)
            weigh("hurried", 0.3)
            filter {
                mostPerEvaluator = 200
            }
            draw = 3
        }
        likert("agreed") {
            of = "sft"
            prompts = "prompts"
            evaluators = "crowd"
            items = 500
            levels = 3
            anchors = listOf("bad", "fair", "good")
            effort = 0.5
            goldQuestions {
                share = 0.1
                values = "brief"
            }
        }
        slider("slid") {
            of = "sft"
            prompts = "prompts"
            evaluators = "crowd"
            items = 500
        }
        labels("labelled") {
            of = "sft"
            prompts = "prompts"
            evaluators = "crowd"
            items = 500
            allowOther = true
            other = "good"
        }
        corrections("mended") {
            of = "sft"
            prompts = "prompts"
            evaluators = "crowd"
            items = 300
            edits = 5
        }
        demonstrations("shown") {
            of = "sft"
            prompts = "prompts"
            evaluators = "crowd"
            items = 200
        }
        language("told") {
            of = "sft"
            prompts = "prompts"
            evaluators = "crowd"
            items = 200
        }
        span("marked") {
            of = "sft"
            prompts = "prompts"
            evaluators = "crowd"
            items = 300
            categories = listOf("on-topic", "rude")
        }
        step("stepped") {
            of = "sft"
            prompts = "prompts"
            evaluators = "crowd"
            items = 300
            separator = ";"
        }
    }
    rewards {
        bradleyTerry("rm") {
            from = "sft"
            feedback = "prefs"
            ensemble = 4
            trunks = listOf("twin")
            combine = "mean_minus_variance"
            uncertaintyPenalty = 0.1
            centring = 0.01
            margin = 0.1
            labelNoise = 0.1
            ties = "davidson"
            normaliseOn = "sft"
            perEvaluator = true
            seen {
                limit = 40
                hides = "\\[.*\\]"
            }
        }
        bradleyTerry("rm-asked") {
            from = "sft"
            feedback = "asked"
            labelNoise = 0.1
            noiseCorrection = "unbiased"
            warmStart = "rm-judged"
        }
        bradleyTerry("rm-judged") {
            from = "sft"
            feedback = "judged"
        }
        bradleyTerry("rm-people") {
            from = "sft"
            feedback = "people"
        }
        plackettLuce("rm-ranked") {
            from = "sft"
            ensemble = 2
            trunks = listOf("twin")
            feedback = "ranked"
            top = 2
        }
        plackettLuce("rm-chosen") {
            from = "sft"
            feedback = "chosen"
        }
        ratingRegression("rm-rated") {
            from = "sft"
            ensemble = 2
            trunks = listOf("twin")
            combine = "cvar"
            tail = 0.5
            feedback = "rated"
        }
        ordinalRegression("rm-agreed") {
            from = "sft"
            feedback = "agreed"
            ensemble = 3
            trunks = listOf("twin")
            combine = "mean_minus_variance"
            uncertaintyPenalty = 0.2
        }
        sliderRegression("rm-slid") {
            from = "sft"
            ensemble = 2
            trunks = listOf("twin")
            feedback = "slid"
        }
        labelClassifier("rm-labels") {
            from = "sft"
            ensemble = 2
            trunks = listOf("twin")
            feedback = "labelled"
            wanted = "good"
        }
        rewardRational("rm-all") {
            from = "sft"
            source("pairs") {
                feedback = "prefs"
            }
            source("stars") {
                feedback = "rated"
                rationality = 2.0
                weight = 0.5
            }
            ensemble = 2
            trunks = listOf("twin")
        }
        correctionRanking("rm-mended") {
            from = "sft"
            ensemble = 2
            trunks = listOf("twin")
            feedback = "mended"
            margin = 0.5
        }
        rankedDemonstrations("rm-demos") {
            from = "sft"
            ensemble = 2
            trunks = listOf("twin")
            feedback = "shown"
            ranks = listOf("hurried", "careful", "expert")
            labelNoise = 0.1
        }
        maxEntropyIrl("rm-shown") {
            from = "sft"
            ensemble = 2
            trunks = listOf("twin")
            feedback = "shown"
        }
        spanReward("rm-spans") {
            from = "sft"
            ensemble = 2
            trunks = listOf("twin")
            feedback = "marked"
            unit = "sentence"
            weight("on-topic", 0.3)
            weight("rude", 0.5)
        }
        processReward("rm-steps") {
            from = "sft"
            ensemble = 2
            trunks = listOf("twin")
            feedback = "stepped"
            separator = ";"
        }
        distributional("rm-spread") {
            from = "sft"
            ensemble = 2
            trunks = listOf("twin")
            feedback = "all"
            quantile = 0.01
        }
        mixture("rm-groups") {
            from = "sft"
            ensemble = 2
            trunks = listOf("twin")
            feedback = "prefs"
            serve = "worst_off"
        }
        rules("by-rule") { values = "good" }
        verifiable("checked") {
            data = "demos"
            match = "number"
            tolerance = 0.01
            wrong = -1
        }
        directOversight("overseen") {
            evaluators = "crowd"
            low = -1.0
            high = 2.0
            budget = 500
            effort = 1
            instructions = "Rate each answer."
        }
        aiJudge("scored") {
            judge = "ai"
            ask = "compare"
            against = "sft"
            maxNewTokens = 16
            budget = 50
        }
        multiObjective("both") {
            part("helpful") {
                reward = "rm"
                goal = 2
            }
            part("brief") {
                reward = "by-rule"
                weight = 0.5
                goal = 1
            }
            combine = "chebyshev"
            normaliseOn = "sft"
            prompts = "prompts"
        }
    }
    policies {
        supervised("sft") {
            from = "base"
            data = "demos"
        }
        supervised("hub-sft") {
            from = "hub"
            data = "demos"
            training {
                schedule = "cosine"
                warmUp = 10
                floor = 0.1
                maxGradientNorm = 0.5
                weightDecay = 0.01
                beta1 = 0.9
                beta2 = 0.95
                microBatch = 4
                lengthBuckets = true
                activationCheckpointing = true
                validation {
                    share = 0.2
                    every = 10
                    patience = 3
                }
            }
        }
        supervised("imitated") {
            from = "base"
            feedback = "shown"
        }
        ppo("ppo") {
            from = "sft"
            reward = "rm"
            prompts = "prompts"
            regularizers {
                kl {
                    coefficient = 0.1
                    target = 6
                    reference = "sft"
                    estimator = "k1"
                    placement = "reward"
                }
                entropy = 0.01
                rewardClip = 5
                entropyTarget = 2
                rewardScaling = true
                pretrainingMix { data = "texts" }
                lengthPenalty { free = 12 }
                repetitionPenalty { }
                earlyStop {
                    maxKl = 20
                    maxSpread = 2
                    minEntropy = 0.5
                    maxDrift = 15
                }
                constraint("harm") {
                    reward = "rm-labels"
                    atMost = 0.1
                }
            }
            valueModel = "separate"
            valueLearningRate = 0.001
        }
        rloo("rloo") {
            from = "sft"
            reward = "rm-asked"
            prompts = "prompts"
            regularizers {
                kl {
                    coefficient = 0.03
                    endCoefficient = 0.01
                    anchor("near") { of = "sft" }
                    anchor("plain") {
                        of = "base"
                        weight = 0.5
                    }
                }
            }
            topP = 0.95
        }
        reinforce("reinforce") {
            from = "sft"
            reward = "rm-rated"
            prompts = "prompts"
            baseline = "greedy"
        }
        reinforcePlusPlus("reinforce-pp") {
            from = "sft"
            reward = "rm-agreed"
            prompts = "prompts"
            groupBaseline = true
            groupSize = 4
        }
        grpo("grpo") {
            from = "sft"
            reward = "rm-steps"
            prompts = "prompts"
            regularizers {
                kl {
                    coefficient = 0.04
                    estimator = "k3"
                    placement = "loss"
                    referenceUpdates { share = 0.5 }
                }
            }
            minP = 0.01
        }
        grpo("dr-grpo") {
            from = "sft"
            reward = "rm-ranked"
            prompts = "prompts"
            scale = "none"
            aggregation = "constant"
        }
        grpo("dapo") {
            from = "sft"
            reward = "rm-chosen"
            prompts = "prompts"
            regularizers {
                kl { coefficient = 0 }
            }
            clipHigh = 0.28
            dualClip = 3
            aggregation = "token_mean"
            dynamicSampling = true
            overlongFilter = true
            overlongCache = 4
        }
        bestOfN("best-of-16") {
            from = "sft"
            reward = "rm-all"
            n = 16
        }
        rejectionSampling("rejection") {
            from = "sft"
            reward = "by-rule"
            beta = 0.5
        }
        quantilizer("quantile") {
            from = "sft"
            reward = "rm-slid"
        }
        shield("shielded") {
            from = "ppo"
            fallback = "sft"
            reward = "rm"
            maxSpread = 1.5
        }
        policyMixture("mixed") {
            member("bold") {
                of = "ppo"
                weight = 2
            }
            member("careful") { of = "sft" }
        }
        expertIteration("raft") {
            from = "sft"
            reward = "rm-mended"
            prompts = "prompts"
        }
        expertIteration("rest") {
            from = "sft"
            reward = "rm-shown"
            prompts = "prompts"
            keep = "threshold"
            threshold = 0
            thresholdStep = 0.2
            start = "first"
        }
        dpo("dpo") {
            from = "sft"
            feedback = "prefs"
            divergence = "js"
        }
        dpo("robust-dpo") {
            from = "sft"
            feedback = "kept"
            labelSmoothing = 0.1
            loss = "robust"
            sftWeight = 0.1
            perToken = true
            reference = "base"
            training {
                schedule = "constant"
                averaging = 0.99
                watching = 0.1
            }
        }
        ipo("ipo") {
            from = "sft"
            feedback = "prefs"
        }
        kto("kto") {
            from = "sft"
            feedback = "sorted"
            undesirableWeight = 1.3
        }
        bco("bco") {
            from = "sft"
            feedback = "labelled"
        }
        orpo("orpo") {
            from = "base"
            feedback = "prefs"
        }
        simpo("simpo") {
            from = "sft"
            feedback = "prefs"
        }
        cpo("cpo") {
            from = "sft"
            feedback = "prefs"
        }
        slic("slic") {
            from = "sft"
            feedback = "prefs"
        }
        rrhf("rrhf") {
            from = "sft"
            feedback = "ranked"
        }
        onlineDpo("online-dpo") {
            from = "sft"
            prompts = "prompts"
            evaluators = "ai"
            loss = "ipo"
            exploration = 1.0E-5
            repeatPenalty = 1.1
            regularizers {
                entropy = 0.01
            }
        }
        nashMd("nash") {
            from = "sft"
            prompts = "prompts"
            reward = "rm-people"
            regularizers {
                pretrainingMix {
                    data = "demos"
                }
                lengthPenalty {
                    free = 8
                }
                repetitionPenalty {
                    n = 4
                }
            }
        }
        critiqueRevision("revised") {
            from = "sft"
            judge = "ai"
            prompts = "prompts"
            budget = 2
        }
        ppo("constitutional") {
            from = "revised"
            reward = "rm-judged"
            prompts = "prompts"
            regularizers {
                kl { reference = "sft" }
            }
        }
        rloo("rlvr") {
            from = "sft"
            reward = "checked"
            prompts = "demos"
        }
        ppo("rlaif") {
            from = "sft"
            reward = "scored"
            prompts = "prompts"
            topK = 50
        }
        ppo("overseen-rl") {
            from = "sft"
            reward = "overseen"
            prompts = "prompts"
        }
        ppo("span-rl") {
            from = "sft"
            reward = "rm-spans"
            prompts = "prompts"
        }
        ppo("fair-rl") {
            from = "sft"
            reward = "rm-groups"
            prompts = "prompts"
        }
        ppo("careful-rl") {
            from = "sft"
            reward = "rm-spread"
            prompts = "prompts"
        }
        ppo("two-aims") {
            from = "sft"
            reward = "both"
            prompts = "prompts"
        }
        conditionalTraining("conditional") {
            from = "base"
            data = "texts"
            reward = "by-rule"
        }
        filtering("filtered") {
            from = "base"
            data = "texts"
            reward = "by-rule"
        }
        unlikelihood("unlikely") {
            from = "base"
            data = "texts"
            reward = "by-rule"
        }
        rewardWeightedRegression("rwr") {
            from = "base"
            data = "texts"
            reward = "by-rule"
        }
        advantageWeightedRegression("awr") {
            from = "base"
            data = "texts"
            reward = "by-rule"
        }
        languageFeedback("ilf") {
            from = "sft"
            feedback = "told"
        }
        gdc("gdc") {
            from = "sft"
            prompts = "prompts"
            values = "good"
            moment("kind", 0.7)
        }
        fDpg("f-dpg") {
            from = "sft"
            reward = "rm-demos"
            prompts = "prompts"
            divergence = "js"
        }
    }
    variant("rloo-without-kl") {
        of = "rloo"
        with("policies.rloo.rloo.regularizers.kl.coefficient", 0)
    }
    variant("ppo-poisoned") {
        of = "ppo"
        with("evaluators.crowd.groups.troll.count", 8)
    }
    // What a sweep says in one block, a loop says as well: the same nine recipes.
    for (b in listOf(0.05, 0.2, 0.5)) {
        for (n in listOf(60, 150, 300)) {
            variant("dpo-grid-$b-$n") {
                of = "dpo"
                with("policies.dpo.dpo.beta", b)
                with("policies.dpo.dpo.steps", n)
            }
        }
    }
    sweep("clip") {
        of = "ppo"
        zip = true
        over("policies.ppo.ppo.clip") {
            min = 0.1
            max = 0.3
            step = 0.1
        }
        over("policies.ppo.ppo.learning_rate") {
            min = 1e-5
            max = 1e-3
            points = 3
            spacing = "log"
        }
    }
    sweep("window") {
        of = "clip"
        over("policies.ppo.ppo.gae_lambda", listOf(0.9, null))
    }
    rounds("iterated") {
        of = "rloo"
        renew = listOf("asked")
        times = 3
        signal {
            maxKl = 5
            maxSpread = 2
        }
        window = 2
        olderShare = 0.2
        budget = 900
    }
    rounds("often") {
        of = "constitutional"
        renew = listOf("judged")
        times = 4
        every = 25
        warmStart = true
    }
    compare {
        recipes = listOf(
            "sft", "hub-sft", "imitated", "ppo", "rloo", "reinforce", "reinforce-pp", "grpo", "dr-grpo",
            "dapo", "best-of-16", "rejection", "quantile", "shielded", "mixed", "raft", "rest", "dpo", "robust-dpo",
            "ipo", "kto", "bco", "orpo", "simpo", "cpo", "slic", "rrhf", "online-dpo", "nash",
            "constitutional", "rlvr", "rlaif", "overseen-rl", "span-rl", "fair-rl", "careful-rl", "two-aims",
            "conditional", "filtered", "unlikely", "rwr", "awr", "ilf", "gdc", "f-dpg", "rloo-without-kl",
            "ppo-poisoned", "dpo-grid-0.05-60", "dpo-grid-0.05-150", "dpo-grid-0.05-300",
            "dpo-grid-0.2-60", "dpo-grid-0.2-150", "dpo-grid-0.2-300", "dpo-grid-0.5-60",
            "dpo-grid-0.5-150", "dpo-grid-0.5-300", "clip", "window-*"
        )
        against = "sft"
        prompts = "prompts.held_out"
        values = "good"
        reward = "rm"
        groups = "crowd"
        trigger {
            text = "!!"
            feature = "kind"
        }
        metrics = listOf(
            "gold", "reward", "kl", "win_rate", "length", "distinct", "entropy", "proxy_gold_gap",
            "ensemble_spread", "trigger_lift", "groups", "cost", "compute",
            "red_team"
        )
        judge = "ai"
        stopStrings = listOf("\n\n")
        monitors {
            policies = listOf("ppo", "dpo", "grpo", "online-dpo")
            kl {
                note = 5
                warn = 15
                pause = 50
                stop = 100
            }
            ensembleSpread { warn = 1 }
            proxyGoldGap { warn = 1.5 }
            entropy {
                warn = 0.8
                stop = 0.2
            }
            distinct { warn = 0.3 }
            triggerLift { warn = 10 }
            clipShare { warn = 0.5 }
            labelStaleness { note = 200 }
            outOfDistribution { warn = 0.5 }
            mahalanobis {
                warn = 0.5
                stop = 0.9
            }
            judgeDisagreement { warn = 0.3 }
        }
        redTeam {
            feature = "rude"
            above = 0.5
            attacks = listOf("plain", "random", "greedy", "beam", "gradient", "reinforce")
            targetText = "thank you"
            prompts = "prompts.held_out"
            first = 8
            tries = 50
            length = 3
            width = 4
        }
    }
    disclose {
        pretraining = "a small corpus written for the purpose"
        evaluatorSelection = "simulated; no people took part"
        exampleSelection = "prompts drawn by chance"
        feedbackTypes = "all, to show that they can be said"
        qualityAssurance = "three people see a fifth of the pairs"
        disagreement = "as a distribution in one reward, as groups in another"
        rewardEvaluation = "accuracy on held-out comparisons"
        policyEvaluation = "held-out prompts, with and without a trigger"
        audits = "none"
        expectedRisks = "sycophantic thanks; loss of detail in short answers"
        monitoring = "divergence and spread, with thresholds"
        contact = "whoever runs it"
    }
}
