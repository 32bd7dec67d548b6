package dev.gangway.conformance.requirements;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Notes how every test ended that names requirements, in a file of its own below {@code target/requirements}. */
public final class OutcomeRecorder implements TestExecutionListener {
    private static final Path FOLDER = Path.of("target/requirements");

    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            return; // It proves nothing.
        }
        boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        // A container that fails (before its tests, say) fails for all of them.
        if (test.isTest() || !passed) {
            note(test, passed);
        }
    }

    private void note(TestIdentifier test, boolean passed) {
        String testClass = testClass(test);
        // A dynamic test does not have the tags of its factory.
        for (Optional<TestIdentifier> level = Optional.of(test);
                level.isPresent();
                level = level.flatMap(plan::getParent)) {
            level.get().getTags().stream()
                    .filter(tag -> tag.getName().startsWith("FCGI-"))
                    .forEach(tag -> outcomes.add(new Outcome(tag.getName(), testClass, passed)));
        }
    }

    /** The outermost one: nested classes are chapters of it. */
    private String testClass(TestIdentifier test) {
        String name = "";
        for (Optional<TestIdentifier> level = Optional.of(test);
                level.isPresent();
                level = level.flatMap(plan::getParent)) {
            if (level.get().getSource().orElse(null) instanceof ClassSource source) {
                String qualified = source.getClassName();
                name = qualified.substring(qualified.lastIndexOf('.') + 1).replaceFirst("\\$.*", "");
            }
        }
        return name;
    }

    @Override
    public void testPlanExecutionFinished(TestPlan testPlan) {
        if (outcomes.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(FOLDER);
            Files.write(
                    Files.createTempFile(FOLDER, "", ".tsv"),
                    outcomes.stream().distinct().map(Outcome::line).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        outcomes.clear();
    }
}
