package org.rewardlab.lab.train;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.credit.Advantages;
import org.rewardlab.credit.CreditAssignment;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.policy.PolicyBatch;
import org.rewardlab.policy.PolicyLoss;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossOutput;

/** Which optional arrays the parts of a policy training read, and whether sampled completions have them. */
final class PolicyParts {

    /** What completions that are sampled one by one do not have, and who would know it. */
    private static final Map<Rollouts.Part, String> UNKNOWN = Map.of(
            Rollouts.Part.NODES, "no tree: completions are sampled one by one (a lambda can add it by withNodes)",
            Rollouts.Part.STEP_SCORES,
                    "no scores of steps: rewards are of whole completions (a lambda can add them by withStepScores)");

    /** A lambda that says what it reads. */
    private record Credit(CreditAssignment part, Set<Rollouts.Part> reads) implements CreditAssignment {
        @Override
        public ai.djl.ndarray.NDArray assign(Rollouts rollouts) {
            return part.assign(rollouts);
        }
    }

    /** A lambda that says what it reads. */
    private record Estimator(AdvantageEstimator part, Set<Rollouts.Part> reads) implements AdvantageEstimator {
        @Override
        public Advantages estimate(Rollouts rollouts) {
            return part.estimate(rollouts);
        }
    }

    /** A lambda that says what it reads. */
    private record Surrogate(PolicyLoss part, Set<PolicyBatch.Part> reads) implements PolicyLoss {
        @Override
        public LossOutput loss(PolicyBatch batch) {
            return part.loss(batch);
        }
    }

    private PolicyParts() {}

    static CreditAssignment reading(CreditAssignment part, Rollouts.Part... more) {
        return more.length == 0 ? part : new Credit(part, union(Rollouts.Part.class, part.reads(), List.of(more)));
    }

    static AdvantageEstimator reading(AdvantageEstimator part, Rollouts.Part... more) {
        return more.length == 0 ? part : new Estimator(part, union(Rollouts.Part.class, part.reads(), List.of(more)));
    }

    static PolicyLoss reading(PolicyLoss part, PolicyBatch.Part... more) {
        return more.length == 0
                ? part
                : new Surrogate(part, union(PolicyBatch.Part.class, part.reads(), List.of(more)));
    }

    private static <E extends Enum<E>> Set<E> union(Class<E> type, Iterable<E> some, Iterable<E> others) {
        Set<E> all = EnumSet.noneOf(type);
        some.forEach(all::add);
        others.forEach(all::add);
        return all;
    }

    /** What credit and advantages read; nothing where an estimator of several rewards stands in their place. */
    static Set<Rollouts.Part> ofRollouts(PolicyTraining setup) {
        PolicyObjective objective = setup.objective();
        return objective.rewardEstimator() != null
                ? Set.of()
                : union(
                        Rollouts.Part.class,
                        objective.credit().reads(),
                        objective.estimator().reads());
    }

    /** Rejects parts that read what there is not, before anything is sampled. */
    static void check(PolicyTraining setup) {
        PolicyObjective objective = setup.objective();
        if (objective.rewardEstimator() != null) {
            return;
        }
        check("credit", objective.credit(), objective.credit().reads(), setup);
        check("advantages", objective.estimator(), objective.estimator().reads(), setup);
    }

    private static void check(String name, Object part, Set<Rollouts.Part> reads, PolicyTraining setup) {
        for (Rollouts.Part read : reads) {
            String why = UNKNOWN.get(read);
            if (why != null) {
                throw Check.failure(
                        name,
                        "a part that does without " + read.name().toLowerCase(Locale.ROOT) + ", as there is " + why,
                        part);
            }
            if (read == Rollouts.Part.VALUES && setup.models().critic() == null) {
                throw Check.failure(
                        name, "a part that reads no values, or a critic, given by critic(...)", part + " without one");
            }
        }
    }
}
