package dev.gangway.conformance;

/**
 * What a check has found out.
 *
 * @param reason in a few words; empty if the result says it all
 */
public record Finding(Result result, String reason) {
    /** How it stands with the requirement. */
    public enum Result {
        /** It is met. */
        PASS("pass"),
        /** The specification leaves it open, or only recommends it, and the application has chosen another way. */
        ALLOWED("allowed"),
        /** The application does not have what the requirement is about. */
        NOT_APPLICABLE("not applicable"),
        /** What the specification states is not so. */
        FAIL("fail");

        private final String text;

        Result(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static Finding pass() {
        return pass("");
    }

    static Finding pass(String reason) {
        return new Finding(Result.PASS, reason);
    }

    static Finding allowed(String reason) {
        return new Finding(Result.ALLOWED, reason);
    }

    static Finding notApplicable(String reason) {
        return new Finding(Result.NOT_APPLICABLE, reason);
    }

    static Finding fail(String reason) {
        return new Finding(Result.FAIL, reason);
    }

    /** {@return a pass, or the failure with its reason} */
    static Finding passIf(boolean condition, String otherwise) {
        return condition ? pass() : fail(otherwise);
    }

    boolean failed() {
        return result == Result.FAIL;
    }
}
