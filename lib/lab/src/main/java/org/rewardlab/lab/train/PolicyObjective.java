package org.rewardlab.lab.train;

import org.jspecify.annotations.Nullable;
import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.credit.CreditAssignment;
import org.rewardlab.credit.MultiRewardEstimator;
import org.rewardlab.policy.KlController;
import org.rewardlab.policy.KlEstimator;
import org.rewardlab.policy.PolicyLoss;
import org.rewardlab.policy.ValueLoss;

/**
 * From rewards to what is minimised.
 *
 * @param credit how the outcome becomes rewards of tokens
 * @param estimator how those become advantages
 * @param rewardEstimator how the rewards of all functions become advantages of responses, null where the two before are asked
 * @param policyLoss on the policy
 * @param valueLoss on the critic
 * @param klEstimator of the KL term in the loss, null for none
 * @param klController of its coefficient
 */
record PolicyObjective(
        CreditAssignment credit,
        AdvantageEstimator estimator,
        @Nullable MultiRewardEstimator rewardEstimator,
        PolicyLoss policyLoss,
        ValueLoss valueLoss,
        @Nullable KlEstimator klEstimator,
        KlController klController) {

    PolicyObjective withCredit(CreditAssignment other) {
        return new PolicyObjective(other, estimator, rewardEstimator, policyLoss, valueLoss, klEstimator, klController);
    }

    PolicyObjective withEstimator(AdvantageEstimator other) {
        return new PolicyObjective(credit, other, null, policyLoss, valueLoss, klEstimator, klController);
    }

    PolicyObjective withRewardEstimator(MultiRewardEstimator other) {
        return new PolicyObjective(credit, estimator, other, policyLoss, valueLoss, klEstimator, klController);
    }

    PolicyObjective withPolicyLoss(PolicyLoss other) {
        return new PolicyObjective(credit, estimator, rewardEstimator, other, valueLoss, klEstimator, klController);
    }

    PolicyObjective withValueLoss(ValueLoss other) {
        return new PolicyObjective(credit, estimator, rewardEstimator, policyLoss, other, klEstimator, klController);
    }

    PolicyObjective withKl(KlEstimator other, KlController controller) {
        return new PolicyObjective(credit, estimator, rewardEstimator, policyLoss, valueLoss, other, controller);
    }
}
