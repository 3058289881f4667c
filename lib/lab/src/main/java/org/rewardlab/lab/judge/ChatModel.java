package org.rewardlab.lab.judge;

/** A language model that answers a dialogue: behind an endpoint ({@link OpenAiClient}) or in this process ({@link LocalChat}). */
@FunctionalInterface
public interface ChatModel {

    /**
     * The answer to a dialogue.
     *
     * @throws ChatException if none can be had
     */
    ChatReply reply(ChatRequest request);
}
