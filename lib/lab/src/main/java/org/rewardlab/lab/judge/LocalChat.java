package org.rewardlab.lab.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rewardlab.lab.generate.Completion;
import org.rewardlab.lab.generate.Sampler;
import org.rewardlab.lab.generate.Sampling;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.ChatTemplate;
import org.rewardlab.lab.model.Pretrained;
import org.rewardlab.lab.model.Tokenizer;

/**
 * A language model of this process behind the interface of a remote one: the same judges run on both.
 *
 * <p>Log-probabilities are those of the tokens drawn; no alternatives are reported.
 *
 * @param model that answers
 * @param tokenizer of the model
 * @param template how it wants dialogues written
 */
public record LocalChat(CausalLm model, Tokenizer tokenizer, ChatTemplate template) implements ChatModel {

    /** The model of a Hugging Face folder. */
    public static LocalChat of(Pretrained pretrained) {
        return new LocalChat(pretrained.model(), pretrained.tokenizer(), pretrained.chat());
    }

    @Override
    public ChatReply reply(ChatRequest request) {
        int[] prompt = tokenizer.encode(template.render(request.messages(), true));
        int room = model.config().maxPositions() - prompt.length;
        if (prompt.length == 0 || room < 1) {
            throw new ChatException(
                    "messages: expected 1 to " + (model.config().maxPositions() - 1) + " tokens, got " + prompt.length);
        }
        Sampling sampling = Sampling.of(Math.min(room, request.maxTokens()))
                .temperature(request.temperature())
                .stopAt(tokenizer.endId())
                .pad(tokenizer.padId());
        Completion drawn =
                Sampler.sample(model, List.of(prompt), sampling, request.seed()).get(0);
        List<ChatReply.TokenChoice> tokens = new ArrayList<>();
        if (request.topLogprobs() > 0) {
            for (int i = 0; i < drawn.length(); i++) {
                String token = tokenizer.show(drawn.tokens()[i]);
                tokens.add(new ChatReply.TokenChoice(token, drawn.logps()[i], Map.of(token, drawn.logps()[i])));
            }
        }
        return new ChatReply(tokenizer.decode(drawn.tokens()), tokens, prompt.length, drawn.length(), false);
    }
}
