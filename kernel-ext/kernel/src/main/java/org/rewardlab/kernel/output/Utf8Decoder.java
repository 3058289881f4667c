package org.rewardlab.kernel.output;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 that arrives in pieces, and keeps the bytes of an unfinished character for the next piece. */
final class Utf8Decoder {

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final byte[] unfinished = new byte[4];
    private int unfinishedLength;

    CharSequence decode(byte[] bytes, int from, int length) {
        ByteBuffer in = unfinishedLength == 0 ? ByteBuffer.wrap(bytes, from, length) : joined(bytes, from, length);
        CharBuffer chars = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, chars, false);
        unfinishedLength = in.remaining();
        in.get(unfinished, 0, unfinishedLength);
        return chars.flip();
    }

    private ByteBuffer joined(byte[] bytes, int from, int length) {
        ByteBuffer both = ByteBuffer.allocate(unfinishedLength + length);
        both.put(unfinished, 0, unfinishedLength).put(bytes, from, length);
        return both.flip();
    }
}
