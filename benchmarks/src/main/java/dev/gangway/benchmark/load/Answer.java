package dev.gangway.benchmark.load;

import dev.gangway.benchmark.Content;
import java.nio.ByteBuffer;

/** The body of an answer, checked while it comes. */
final class Answer {
    private final Content expected;
    private long length;

    Answer(Content expected) {
        this.expected = expected;
    }

    void take(ByteBuffer piece) throws WrongAnswer {
        if (!expected.matches(length, piece)) {
            throw new WrongAnswer("wrong bytes from " + length + " on: "
                    + Exchange.CHARSET.decode(piece.limit(Math.min(piece.limit(), 100))));
        }
        length += piece.remaining();
    }

    void end() throws WrongAnswer {
        if (length != expected.length()) {
            throw new WrongAnswer(length + " bytes instead of " + expected.length());
        }
    }
}
