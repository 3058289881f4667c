/**
 * Data to learn from, in the layouts and under the field names that people know from TRL.
 *
 * <p>Files are JSON Lines (gzipped or not), CSV, TSV or Parquet. What can't be used is left out and counted by reason in a
 * {@link org.rewardlab.lab.data.ReadReport}; what is broken is an {@link org.rewardlab.lab.data.InvalidDataException} that names file
 * and line.
 *
 * <table>
 * <caption>Rows</caption>
 * <tr><th>class</th><th>holds</th></tr>
 * <tr><td>{@link org.rewardlab.lab.data.Preferences}, {@link org.rewardlab.lab.data.PreferencePair}</td><td>two responses to a prompt, the first one preferred; HH-RLHF's transcripts are split where they part</td></tr>
 * <tr><td>{@link org.rewardlab.lab.data.Examples}, {@link org.rewardlab.lab.data.Example}</td><td>text, prompts, completions, thumbs up and down, judged steps</td></tr>
 * <tr><td>{@link org.rewardlab.lab.data.PromptSource}, {@link org.rewardlab.lab.data.Prompt}</td><td>what is to be completed, with the columns that rewards may read</td></tr>
 * <tr><td>{@link org.rewardlab.lab.data.Dialogue}, {@link org.rewardlab.lab.data.Message}</td><td>turns</td></tr>
 * </table>
 *
 * <table>
 * <caption>What is done with them</caption>
 * <tr><th>class</th><th>does</th></tr>
 * <tr><td>{@link org.rewardlab.lab.data.Packing}</td><td>puts rows together by length so that little of a batch is padding</td></tr>
 * <tr><td>{@link org.rewardlab.lab.data.Shuffle}</td><td>orders rows by a seed</td></tr>
 * <tr><td>{@link org.rewardlab.lab.data.Words}</td><td>cuts text into words</td></tr>
 * <tr><td>{@link org.rewardlab.lab.data.Datasets}, {@link org.rewardlab.lab.data.PublicData}</td><td>find the shipped sets and the user's own, and fetch public ones, checked by their hash</td></tr>
 * <tr><td>{@link org.rewardlab.lab.data.HelpfulToy}, {@link org.rewardlab.lab.data.HelpfulToyFile}</td><td>make the shipped set, whose truth is known</td></tr>
 * </table>
 */
@NullMarked
package org.rewardlab.lab.data;

import org.jspecify.annotations.NullMarked;
