package org.rewardlab.golden;

/** The foundations, a class for each family of the card. */
final class Card00 extends Card {
    Card00() {
        addAll(new Card00MaskedOps());
        addAll(new Card00Kl());
        addAll(new Card00PreferenceLosses());
        addAll(new Card00RewardModelLosses());
        addAll(new Card00Advantages());
        addAll(new Card00PolicyLosses());
        addAll(new Card00ValueLoss());
    }
}
