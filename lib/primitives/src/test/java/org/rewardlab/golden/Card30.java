package org.rewardlab.golden;

import java.util.List;
import java.util.Map;
import org.rewardlab.policy.SoftPolicyIteration;
import org.rewardlab.preference.Dno;
import org.rewardlab.preference.PreferenceGame;
import org.rewardlab.preference.RewardedPairs;
import org.rewardlab.select.LargeMarginPairs;

/** Direct Nash optimization. */
final class Card30 extends Card {
    Card30() {
        add(
                "generalPreferenceReward",
                c -> Result.of("reward", PreferenceGame.winRates(c.array("preference"), c.array("probs"))));
        add(
                "softPolicyIteration",
                c -> Result.of(
                        "probs", SoftPolicyIteration.step(c.array("probs"), c.array("reward"), c.number("eta"))));
        add(
                "exploitability",
                c -> Result.of(
                        "exploitability", PreferenceGame.exploitability(c.array("preference"), c.array("probs"))));
        add("dnoRegressionLoss", c -> {
            Dno loss = new Dno(c.number("eta", 1));
            RewardedPairs pairs = new RewardedPairs(
                    c.array("logp1"),
                    c.array("logp2"),
                    c.array("oldLogp1"),
                    c.array("oldLogp2"),
                    c.array("reward1"),
                    c.array("reward2"));
            return Result.of(c, loss, pairs, Map.of("logps1", "logp1", "logps2", "logp2"))
                    .andLosses("perPair");
        });
        add("largeMarginPairs", c -> {
            List<LargeMarginPairs.Pair> pairs = new LargeMarginPairs(
                            Choice.of("mode", c.text("mode"), LargeMarginPairs.Mode.values()),
                            c.whole("gold", -1),
                            c.number("minPositive", 5),
                            c.number("minMargin", 1))
                    .select(c.vector("scores"));
            return Result.of(
                    "pairs",
                    pairs.stream()
                            .map(pair -> List.of(pair.chosen(), pair.rejected()))
                            .toList());
        });
    }
}
