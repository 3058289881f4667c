/**
 * Losses on preferred and rejected responses.
 *
 * <p>A preference says that one response is better than another. These losses train a policy on such statements
 * directly, without a reward model in between: the policy is its own reward model, {@code beta * (log policy - log
 * reference)} ({@link org.rewardlab.preference.ImplicitRewards}), and most of them differ only in how a difference of
 * two such rewards is judged. With {@code z = beta (u_c - u_r)}, the log-ratios u of chosen and rejected, and e the
 * label smoothing:
 *
 * <table>
 * <caption>Paired losses with a reference, {@link org.rewardlab.preference.PreferenceLoss}</caption>
 * <tr><th>loss</th><th>formula</th><th>relatives</th></tr>
 * <tr><td>{@link org.rewardlab.preference.Dpo}</td><td>-(1-e) lsig(z) - e lsig(-z)</td><td>e &gt; 0: conservative
 *     DPO</td></tr>
 * <tr><td>{@link org.rewardlab.preference.RobustDpo}</td><td>(-(1-e) lsig(z) + e lsig(-z)) / (1-2e)</td><td>e = 0:
 *     DPO</td></tr>
 * <tr><td>{@link org.rewardlab.preference.Slic}</td><td>max(0, 1 - z)</td><td>hinge</td></tr>
 * <tr><td>{@link org.rewardlab.preference.Ipo}</td><td>(u_c/n_c - u_r/n_r - 1/(2 beta))^2</td><td>square</td></tr>
 * <tr><td>{@link org.rewardlab.preference.SigmoidNorm}</td><td>-lsig(beta (u_c/n_c - u_r/n_r))</td><td>without lengths:
 *     DPO</td></tr>
 * <tr><td>{@link org.rewardlab.preference.ExoPair}</td><td>KL(p || label), p = sigmoid(z)</td><td>DPO is the other
 *     direction of KL</td></tr>
 * <tr><td>{@link org.rewardlab.preference.NcaPair}</td><td>-lsig(beta u_c) - (lsig(-beta u_c) + lsig(-beta u_r))/2</td>
 *     <td>absolute</td></tr>
 * <tr><td>{@link org.rewardlab.preference.BcoPair}</td><td>-lsig(beta u_c) - lsig(-beta u_r)</td><td>absolute; Bco
 *     without shift</td></tr>
 * <tr><td>{@link org.rewardlab.preference.SppoHard}</td><td>(u_c - 1/(2 beta))^2 + (u_r + 1/(2
 *     beta))^2</td><td>absolute IPO</td></tr>
 * <tr><td>{@link org.rewardlab.preference.Aot}</td><td>DPO on sorted differences</td><td>batch of one: DPO</td></tr>
 * <tr><td>{@link org.rewardlab.preference.ApoZero}</td><td>1 - sigmoid(beta u_c) + sigmoid(beta
 *     u_r)</td><td>absolute</td>
 *     </tr>
 * <tr><td>{@link org.rewardlab.preference.ApoDown}</td><td>sigmoid(beta u_c) + 1 - sigmoid(z)</td><td>both go down</td>
 *     </tr>
 * <tr><td>{@link org.rewardlab.preference.DiscoPop}</td><td>-(1-w) lsig(z) + w exp(-z), w =
 *     sigmoid(z/tau)</td><td>found by search</td></tr>
 * <tr><td>{@link org.rewardlab.preference.CombinedPreference}</td><td>a weighted sum</td><td></td></tr>
 * <tr><td>{@link org.rewardlab.preference.PlusNll}</td><td>loss + weight * nll</td><td>RPO, part of MPO</td></tr>
 * </table>
 *
 * <p>"Absolute" losses say how likely each response should be, the others only how far apart the two should stand.
 * Every score u may be replaced by that of another {@link org.rewardlab.preference.FDivergence}.
 *
 * <table>
 * <caption>The other families</caption>
 * <tr><th>loss</th><th>reads</th></tr>
 * <tr><td>{@link org.rewardlab.preference.Cpo}, {@link org.rewardlab.preference.Simpo} (both with AlphaPO), {@link
 *     org.rewardlab.preference.Orpo}, {@link org.rewardlab.preference.Tpo}</td><td>pairs without a reference; Cpo is
 *     Dpo with a uniform one</td></tr>
 * <tr><td>{@link org.rewardlab.preference.Kto}, {@link org.rewardlab.preference.ApoZeroUnpaired} (Kto with z = 0),
 *     {@link org.rewardlab.preference.Bco}</td><td>single responses, good or bad: {@link
 *     org.rewardlab.preference.UnpairedPreferenceLoss}</td></tr>
 * <tr><td>{@link org.rewardlab.preference.SoftLabelDpo}</td><td>pairs with a certainty for each label; Dpo if sure</td></tr>
 * <tr><td>{@link org.rewardlab.preference.Tgdpo}</td><td>pairs token by token, with token rewards; Dpo without them</td></tr>
 * <tr><td>{@link org.rewardlab.preference.Xpo} and {@link org.rewardlab.preference.Selm} (Dpo with a bonus), {@link
 *     org.rewardlab.preference.NashMd}, {@link org.rewardlab.preference.A2po}, {@link org.rewardlab.preference.Dno} (Dpo
 *     with soft labels), {@link org.rewardlab.preference.Prdp}
 *     (regression on differences of rewards)</td><td>fresh samples: {@link org.rewardlab.preference.OnlinePreferenceLoss}</td></tr>
 * <tr><td>{@link org.rewardlab.preference.TokenRegularizedDpo}, {@link
 *     org.rewardlab.preference.TokenRegularizedSimpo}</td><td>pairs with a reward for each token: {@link
 *     org.rewardlab.preference.TokenPreferenceLoss}</td></tr>
 * <tr><td>{@link org.rewardlab.preference.Consistency}, {@link org.rewardlab.preference.ConsistentDpo}</td><td>pairs without
 *     a label, and what a model's own judges say of them</td></tr>
 * <tr><td>{@link org.rewardlab.preference.LengthDesensitized}, {@link org.rewardlab.preference.WpoWeights}</td><td>what
 *     LD-DPO and WPO change: the sums, and the weights of pairs</td></tr>
 * </table>
 *
 * <table>
 * <caption>What else is inside</caption>
 * <tr><th>class</th><th>is</th></tr>
 * <tr><td>{@link org.rewardlab.preference.PairLogps}, {@link org.rewardlab.preference.TokenPairs}</td><td>pairs, as sums
 *     or token by token</td></tr>
 * <tr><td>{@link org.rewardlab.preference.SoftLabelledPairs}, {@link org.rewardlab.preference.RewardedPairs},
 *     {@link org.rewardlab.preference.UnlabelledPairs}</td><td>pairs with a certainty, with two rewards, with no
 *     label</td></tr>
 * <tr><td>{@link org.rewardlab.preference.UnpairedLogps}</td><td>single responses, good or bad</td></tr>
 * <tr><td>{@link org.rewardlab.preference.OnlinePairs}, {@link org.rewardlab.preference.ExploredPairs},
 *     {@link org.rewardlab.preference.JudgedSamples}, {@link org.rewardlab.preference.ValuedSamples},
 *     {@link org.rewardlab.preference.ScoredTrajectories}</td><td>fresh samples of the policy, and what is known of
 *     them</td></tr>
 * <tr><td>{@link org.rewardlab.preference.ModelLogits}</td><td>what several judges say of the same pairs</td></tr>
 * <tr><td>{@link org.rewardlab.preference.ImplicitRewards},
 *     {@link org.rewardlab.preference.FDivergence}</td><td>the rewards that a policy implies, and other scores of a
 *     log-ratio</td></tr>
 * <tr><td>{@link org.rewardlab.preference.ImplicitPreference},
 *     {@link org.rewardlab.preference.GenerativePreference}</td><td>which of two responses a policy prefers, by its
 *     log-ratios and when asked</td></tr>
 * <tr><td>{@link org.rewardlab.preference.PreferenceGame}</td><td>win rates and exploitability where preferences
 *     may be cyclic</td></tr>
 * <tr><td>{@link org.rewardlab.preference.TokenRegularizer}</td><td>token rewards as a regulariser,
 *     alone</td></tr>
 * </table>
 *
 * <p>All paired losses read one record, {@link org.rewardlab.preference.PairLogps}: sums of log-probabilities, and
 * lengths by which a loss per token divides them. An experiment is a list of losses:
 *
 * <pre>{@code
 * List<PreferenceLoss> arms = List.of(PreferenceLoss.dpo(0.1), PreferenceLoss.ipo(0.1), new Simpo(2.0, 0.5));
 * }</pre>
 */
@NullMarked
package org.rewardlab.preference;

import org.jspecify.annotations.NullMarked;
