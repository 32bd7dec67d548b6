package dev.gangway.benchmark.measure;

import dev.gangway.benchmark.load.Drive;
import dev.gangway.benchmark.load.Load;
import dev.gangway.benchmark.load.Protocol;
import dev.gangway.benchmark.load.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A back end that is driven in one way.
 *
 * @param front the web server before it, or null
 */
record Lane(BackEnd backEnd, Drive drive, RunningFront front, Target target) implements AutoCloseable {
    /**
     * Opens it, and asks once.
     *
     * @throws IOException if it does not answer rightly, or its web server does not start or speak its protocol, or there would be too many connections
     */
    static Lane open(BackEnd backEnd, Drive drive, Path directory) throws IOException, InterruptedException {
        int connections = backEnd.contender().program().connections();
        if (drive.connections() > connections) {
            throw new IOException("it serves only " + connections + " connections");
        }
        RunningFront front = drive.front() == null ? null : startFront(backEnd, drive, directory);
        Target target = front == null
                ? backEnd.target(drive.transport())
                : new Target(Protocol.HTTP, directory, front.address());
        Lane lane = new Lane(backEnd, drive, front, target);
        try {
            Load.once(target, drive);
            return lane;
        } catch (IOException e) {
            lane.close();
            throw e;
        }
    }

    private static RunningFront startFront(BackEnd backEnd, Drive drive, Path directory)
            throws IOException, InterruptedException {
        Path own = Files.createDirectories(directory.resolve(backEnd.contender().name() + "-" + drive.front()));
        FrontConfiguration configuration = new FrontConfiguration(
                Processes.freePort(),
                backEnd.contender().protocol(),
                backEnd.target(drive.transport()).address(),
                drive.kept());
        return RunningFront.start(drive.front(), configuration, own);
    }

    /** Begins to drive. */
    Load load() throws IOException {
        return Load.start(target, drive.front() == null ? drive : drive.toFront());
    }

    ProcessorTime processorTime() {
        return ProcessorTime.now(backEnd.process(), front == null ? null : front.process());
    }

    @Override
    public void close() {
        if (front != null) {
            front.close();
        }
    }
}
