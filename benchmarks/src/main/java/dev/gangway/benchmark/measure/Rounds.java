package dev.gangway.benchmark.measure;

import dev.gangway.benchmark.backend.Console;
import dev.gangway.benchmark.load.Drive;
import dev.gangway.benchmark.load.Load;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Drives contenders in turn, A B A B, so that whatever else the machine does meets all of them.
 *
 * @param warmUp  seconds before the first round of a drive; three times as long before the first drive of all
 * @param seconds how long a contender is driven in each round, besides the time that it gets to settle
 */
public record Rounds(int rounds, double warmUp, double seconds) {
    /** How much of a measure comes before it, uncounted: the contender has rested while others were driven. */
    private static final double SETTLE = 0.25;

    /**
     * Starts the contenders and drives each one in each way.
     *
     * @param progress is told what is done
     * @return for each drive what came of it
     */
    public List<Result> run(
            List<Contender> contenders, List<Drive> drives, Path javaHome, Path directory, Consumer<String> progress)
            throws IOException, InterruptedException {
        List<BackEnd> backEnds = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        try {
            for (Contender contender : contenders) {
                BackEnd backEnd = BackEnd.start(contender, javaHome, directory);
                if (backEnd == null) {
                    progress.accept(contender.name() + " is not installed");
                } else {
                    backEnds.add(backEnd);
                }
            }
            warmUp(backEnds, drives.get(0), 3 * warmUp);
            for (Drive drive : drives) {
                warmUp(backEnds, drive, warmUp);
                results.add(drive(backEnds, drive, directory));
                progress.accept(results.get(results.size() - 1).toMarkdown());
            }
        } finally {
            backEnds.forEach(BackEnd::close);
        }
        return results;
    }

    private static void warmUp(List<BackEnd> backEnds, Drive drive, double seconds)
            throws IOException, InterruptedException {
        for (BackEnd backEnd : backEnds) {
            Load.once(backEnd.target(drive.transport()), drive);
            drive(backEnd, drive, seconds);
        }
    }

    private Result drive(List<BackEnd> backEnds, Drive drive, Path directory) throws IOException, InterruptedException {
        Map<BackEnd, List<Sample>> samples = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (BackEnd backEnd : backEnds) {
                samples.computeIfAbsent(backEnd, key -> new ArrayList<>())
                        .add(sample(backEnd, drive, SETTLE * seconds, seconds));
            }
        }
        List<Sample> reference = samples.entrySet().stream()
                .filter(entry -> entry.getKey().contender().equals(Contender.REFERENCE))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(List.of());
        List<Standing> standings = new ArrayList<>();
        for (BackEnd backEnd : backEnds) {
            SystemCalls calls = SystemCalls.during(() -> drive(backEnd, drive, seconds), backEnd.process(), directory);
            long resident = Memory.resident(backEnd.process());
            standings.add(new Standing(backEnd.contender(), samples.get(backEnd), reference, calls, resident));
        }
        return new Result(drive, standings);
    }

    /** {@return how many requests have been answered} */
    private static long drive(BackEnd backEnd, Drive drive, double seconds) throws IOException, InterruptedException {
        try (Load load = Load.start(backEnd.target(drive.transport()), drive)) {
            load.count();
            sleep(seconds);
            return load.stop().requests();
        }
    }

    private static Sample sample(BackEnd backEnd, Drive drive, double uncounted, double counted)
            throws IOException, InterruptedException {
        try (Load load = Load.start(backEnd.target(drive.transport()), drive)) {
            sleep(uncounted);
            long allocated = backEnd.ask(Console.ALLOCATED);
            ProcessorTime processor = ProcessorTime.now(backEnd.process());
            long begin = System.nanoTime();
            load.count();
            sleep(counted);
            double seconds = (System.nanoTime() - begin) / 1e9;
            ProcessorTime used = ProcessorTime.now(backEnd.process()).since(processor);
            Load.Outcome outcome = load.stop();
            return new Sample(outcome, seconds, used, backEnd.ask(Console.ALLOCATED) - allocated);
        }
    }

    private static void sleep(double seconds) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
    }
}
