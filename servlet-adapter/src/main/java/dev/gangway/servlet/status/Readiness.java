package dev.gangway.servlet.status;

import dev.gangway.servlet.web.Deployment;
import dev.gangway.servlet.web.Deployment.State;
import java.util.List;
import org.eclipse.jetty.server.Server;

/** Whether a load balancer should send requests to a server. Thread-safe. */
final class Readiness {
    /** What there is to say, and the word for it. */
    enum Verdict {
        READY("pong"),
        STOPPING("stopping"),
        DEPLOYING("deploying"),
        NOTHING_SERVED("no application");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    private final Server server;
    private final Deployment deployment;
    private volatile boolean retiring;

    Readiness(Server server, Deployment deployment) {
        this.server = server;
        this.deployment = deployment;
    }

    /** The server is about to stop. */
    void retire() {
        retiring = true;
    }

    /**
     * {@return the verdict at this moment}
     *
     * <p>One application that does not work is no reason to take the others from their clients: it would not work on
     * other machines either, where the same file is deployed.
     */
    Verdict ask() {
        if (retiring) {
            return Verdict.STOPPING;
        }
        List<State> states =
                deployment.applications().stream().map(Deployment.Served::state).toList();
        if (!server.isStarted() || states.contains(State.DEPLOYING)) {
            return Verdict.DEPLOYING;
        }
        return states.contains(State.AVAILABLE) ? Verdict.READY : Verdict.NOTHING_SERVED;
    }
}
