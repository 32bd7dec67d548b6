package dev.gangway.conformance.requirements;

/**
 * How a test ended that names a requirement.
 *
 * @param requirement {@code FCGI-} and a number
 * @param testClass   the simple name of the outermost class
 * @param passed      false if it failed
 */
record Outcome(String requirement, String testClass, boolean passed) {

    static Outcome parse(String line) {
        String[] columns = line.split("\t", -1);
        return new Outcome(columns[0], columns[1], Boolean.parseBoolean(columns[2]));
    }

    String line() {
        return requirement + "\t" + testClass + "\t" + passed;
    }
}
