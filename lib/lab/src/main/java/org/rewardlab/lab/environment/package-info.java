/**
 * Worlds in which claims are tested: small, seedable, with answers that are known.
 *
 * <p>A world is made of plain Java and knows no trainer. Those that pose questions are a {@link org.rewardlab.lab.data.PromptSource}
 * with a verifier beside it; those that are walked through have a state and a step; in the others a policy is a table or a few
 * numbers, so that what is true of it can be computed and no figure depends on how well a network was trained.
 *
 * <table>
 * <caption>Worlds</caption>
 * <tr><th>world</th><th>what is to be learnt</th><th>what is known</th></tr>
 * <tr><td>{@link org.rewardlab.lab.environment.ArithmeticTask}</td><td>sums, with worked steps if one likes</td><td>the right answer, digit by digit</td></tr>
 * <tr><td>{@link org.rewardlab.lab.environment.ToolTask}</td><td>tool calls that follow a schema</td><td>the right calls</td></tr>
 * <tr><td>{@link org.rewardlab.lab.environment.SqlTask}</td><td>queries on a real database</td><td>what the right query gives</td></tr>
 * <tr><td>{@link org.rewardlab.lab.environment.SearchIndex}</td><td>queries to a real Lucene index</td><td>the document that holds the answer</td></tr>
 * <tr><td>{@link org.rewardlab.lab.environment.EmotionalUser}</td><td>talking to somebody with a hidden need</td><td>the need, and what each turn does to the emotion</td></tr>
 * <tr><td>{@link org.rewardlab.lab.environment.ProfileUser}</td><td>finding out whom one talks to</td><td>the profile, and which of it has been hinted at or told</td></tr>
 * <tr><td>{@link org.rewardlab.lab.environment.Errand}</td><td>stages done in turns, paid at the end</td><td>the true credit of every token</td></tr>
 * <tr><td>{@link org.rewardlab.lab.environment.KeyDoorGrid}</td><td>a key, a door, a goal, and one reward at the end</td><td>the shortest way</td></tr>
 * <tr><td>{@link org.rewardlab.lab.environment.PointMass}</td><td>pushing a mass to a goal</td><td>the equations of motion</td></tr>
 * <tr><td>{@link org.rewardlab.lab.environment.PlanarDiffusion}</td><td>a drift that carries noise to a goal</td><td>the likelihood of each trajectory</td></tr>
 * <tr><td>{@link org.rewardlab.lab.environment.BigramLm}</td><td>which token follows which</td><td>every probability</td></tr>
 * <tr><td>{@link org.rewardlab.lab.environment.ShortAnswers}</td><td>preferences on answers that can all be listed</td><td>KL and worth of every policy, exactly</td></tr>
 * <tr><td>{@link org.rewardlab.lab.environment.CompositeWorld}</td><td>two proxies that are good up to a point</td><td>the gold reward of every response</td></tr>
 * <tr><td>{@link org.rewardlab.lab.environment.GaussianHacking}</td><td>a proxy that rises for ever</td><td>the gold reward, which peaks</td></tr>
 * </table>
 */
@NullMarked
package org.rewardlab.lab.environment;

import org.jspecify.annotations.NullMarked;
