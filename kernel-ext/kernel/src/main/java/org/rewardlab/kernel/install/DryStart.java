package org.rewardlab.kernel.install;
/** x. */
final class DryStart {
    private DryStart() {}
}
