/**
 * Native memory in notebooks: arrays live as long as something reaches them, and nobody writes {@code close()}.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><td>{@link org.rewardlab.workbench.memory.ArrayCare}</td><td>frees arrays that nothing reaches, counts those that live</td></tr>
 * <tr><td>{@link org.rewardlab.workbench.memory.ArrayScopes}</td><td>sees to it that every thread's arrays get that care</td></tr>
 * <tr><td>{@link org.rewardlab.workbench.memory.TorchPatch}</td><td>arrays that own their memory, in place of ones that borrow Java's</td></tr>
 * <tr><td>{@link org.rewardlab.workbench.memory.Pressure}</td><td>when a collection is worth its time</td></tr>
 * </table>
 */
@NullMarked
package org.rewardlab.workbench.memory;

import org.jspecify.annotations.NullMarked;
