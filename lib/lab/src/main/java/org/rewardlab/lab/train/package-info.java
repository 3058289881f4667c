/**
 * Trainers: plain loops whose strategies are arguments, and what they report.
 *
 * <p>A trainer is a description: each method gives another one, and nothing happens before {@code run()} or a loop over its steps.
 * All of them stop with a {@link org.rewardlab.lab.train.TrainingDiverged} that names the step and the term when a number is no longer
 * finite, and end between two steps when interrupted. Those that count steps report to the same
 * {@link org.rewardlab.lab.train.TrainingListener}s, and but for reward models on text features, which are trained in a second, go on after a
 * kill where they were, bit for bit, with {@code checkpoints(folder, every)}; those that count rounds give each back with its samples.
 *
 * <table>
 * <caption>What learns from what</caption>
 * <tr><th>trainer</th><th>learns from</th><th>by</th></tr>
 * <tr><td>{@link org.rewardlab.lab.train.Sft}</td><td>prompts with completions</td><td>their likelihood</td></tr>
 * <tr><td>{@link org.rewardlab.lab.train.RewardModelTraining}</td><td>preference pairs, on text features</td><td>any {@link org.rewardlab.reward.RewardModelLoss}</td></tr>
 * <tr><td>{@link org.rewardlab.lab.train.RewardHeadTraining}</td><td>pairs, verdicts or judged steps, on a transformer</td><td>any {@link org.rewardlab.reward.RewardModelLoss}</td></tr>
 * <tr><td>{@link org.rewardlab.lab.train.PreferenceTraining}</td><td>fixed pairs, or responses with a thumb up or down</td><td>any {@link org.rewardlab.preference.PreferenceLoss}, paired or not</td></tr>
 * <tr><td>{@link org.rewardlab.lab.train.PreferenceRounds}</td><td>what any policy gives, a table too, round by round</td><td>four functions: sample, label, select, learn</td></tr>
 * <tr><td>{@link org.rewardlab.lab.train.PreferenceLoop}</td><td>pairs of a language model's own samples, in these rounds</td><td>labels, selection, loss and reference of your choice</td></tr>
 * <tr><td>{@link org.rewardlab.lab.train.NashLearning}</td><td>its own samples beside those of a mixture with the reference</td><td>Nash mirror descent</td></tr>
 * <tr><td>{@link org.rewardlab.lab.train.PolicyTraining}</td><td>rewards on its own samples</td><td>any credit assignment, advantage estimator, policy loss, KL estimator and controller</td></tr>
 * <tr><td>{@link org.rewardlab.lab.train.Distillation}</td><td>a teacher, on given completions or its own</td><td>a generalized Jensen-Shannon divergence</td></tr>
 * </table>
 *
 * <p>A generative reward model has no trainer of its own: {@link org.rewardlab.lab.train.Sft} on
 * {@link org.rewardlab.lab.train.ModelRewards#verdicts} makes one, {@link org.rewardlab.lab.train.ModelRewards#generative} asks it.
 *
 * <table>
 * <caption>Who listens</caption>
 * <tr><th>listener</th><th>does</th></tr>
 * <tr><td>{@link org.rewardlab.lab.train.ProgressBar}</td><td>shows rate, time left and the last numbers</td></tr>
 * <tr><td>{@link org.rewardlab.lab.train.LiveCurve}</td><td>draws metrics while they are measured</td></tr>
 * <tr><td>{@link org.rewardlab.lab.train.MetricLog}</td><td>keeps metrics and sampled completions as Tablesaw tables</td></tr>
 * <tr><td>{@link org.rewardlab.lab.train.JsonLinesLog}, {@link org.rewardlab.lab.train.TensorBoardLog}</td><td>write them to files that survive a kill</td></tr>
 * </table>
 */
@NullMarked
package org.rewardlab.lab.train;

import org.jspecify.annotations.NullMarked;
