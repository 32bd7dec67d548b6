package dev.gangway.benchmark.load;

import java.io.IOException;

/** Something else has been answered than what was asked for. */
final class WrongAnswer extends IOException {
    private static final long serialVersionUID = 1;

    WrongAnswer(String message) {
        super(message);
    }
}
