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
 * @param warmUp  seconds before the first round of a drive; four times as long before the first drive of all
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
            double firstWarmUp = 4 * warmUp;
            for (Drive drive : drives) {
                Result result = drive(backEnds, drive, results.isEmpty() ? firstWarmUp : warmUp, directory, progress);
                results.add(result);
                progress.accept(result.toMarkdown());
            }
        } finally {
            backEnds.forEach(BackEnd::close);
        }
        return results;
    }

    private Result drive(List<BackEnd> backEnds, Drive drive, double warmUp, Path directory, Consumer<String> progress)
            throws IOException, InterruptedException {
        List<Lane> lanes = new ArrayList<>();
        try {
            for (BackEnd backEnd : backEnds) {
                try {
                    lanes.add(Lane.open(backEnd, drive, directory));
                } catch (IOException e) {
                    progress.accept(drive + ": without " + backEnd.contender().name() + ": " + e.getMessage());
                }
            }
            for (Lane lane : lanes) {
                drive(lane, warmUp);
            }
            return measure(lanes, drive, directory);
        } finally {
            lanes.forEach(Lane::close);
        }
    }

    private Result measure(List<Lane> lanes, Drive drive, Path directory) throws IOException, InterruptedException {
        Map<Lane, List<Sample>> samples = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Lane lane : lanes) {
                samples.computeIfAbsent(lane, key -> new ArrayList<>()).add(sample(lane));
            }
        }
        List<Sample> reference = samples.entrySet().stream()
                .filter(entry -> entry.getKey().backEnd().contender().equals(Contender.REFERENCE))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(List.of());
        List<Standing> standings = new ArrayList<>();
        for (Lane lane : lanes) {
            ProcessHandle process = lane.backEnd().process();
            SystemCalls calls = SystemCalls.during(() -> drive(lane, seconds), process, directory);
            long resident = Memory.resident(process);
            standings.add(new Standing(lane.backEnd().contender(), samples.get(lane), reference, calls, resident));
        }
        return new Result(drive, standings);
    }

    /** {@return how many requests have been answered} */
    private static long drive(Lane lane, double seconds) throws IOException, InterruptedException {
        try (Load load = lane.load()) {
            load.count();
            sleep(seconds);
            return load.stop().requests();
        }
    }

    private Sample sample(Lane lane) throws IOException, InterruptedException {
        try (Load load = lane.load()) {
            sleep(SETTLE * seconds);
            long allocated = lane.backEnd().ask(Console.ALLOCATED);
            ProcessorTime processor = lane.processorTime();
            long begin = System.nanoTime();
            load.count();
            sleep(seconds);
            double taken = (System.nanoTime() - begin) / 1e9;
            ProcessorTime used = lane.processorTime().since(processor);
            Load.Outcome outcome = load.stop();
            return new Sample(outcome, taken, used, lane.backEnd().ask(Console.ALLOCATED) - allocated);
        }
    }

    private static void sleep(double seconds) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
    }
}
