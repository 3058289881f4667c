package org.rewardlab.lab.train;

import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.lab.model.ValueModel;

/**
 * The models of policy training.
 *
 * @param policy that learns
 * @param tokenizer of all of them
 * @param reference that the policy is held against, null for a copy of the policy at the start
 * @param critic null for none
 */
record PolicyModels(
        CausalLm policy,
        Tokenizer tokenizer,
        @Nullable CausalLm reference,
        @Nullable ValueModel critic) {

    PolicyModels withReference(CausalLm other) {
        return new PolicyModels(policy, tokenizer, other, critic);
    }

    PolicyModels withCritic(ValueModel other) {
        return new PolicyModels(policy, tokenizer, reference, other);
    }
}
