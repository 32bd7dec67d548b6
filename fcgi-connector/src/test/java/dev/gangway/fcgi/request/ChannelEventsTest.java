package dev.gangway.fcgi.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** What cannot be timed from outside: that the news comes between the start of a request and that of the application. */
class ChannelEventsTest {
    private final List<HttpChannel> told = new ArrayList<>();
    private final List<Runnable> executed = new ArrayList<>();
    private final Runnable task = () -> {};
    private final HttpChannel channel = Mockito.mock();
    private final ChannelEvents events = new ChannelEvents(run -> {
        if (Objects.nonNull(run)) {
            executed.add(run);
        }
    });

    private void tell() {
        events.tell(http -> {
            told.add(http);
            return task;
        });
    }

    @Test
    @Tag("FCGI-90")
    void waitForTheApplication() {
        tell();
        assertThat(told).isEmpty();

        events.begin(channel);

        assertThat(told).containsExactly(channel);
        assertThat(executed).containsExactly(task);
    }

    @Test
    void areToldAtOnceWhileItRuns() {
        events.begin(channel);
        tell();

        assertThat(told).containsExactly(channel);
        assertThat(executed).containsExactly(task);
    }

    @Test
    void areForgottenWhenItIsOver() {
        events.begin(channel);
        events.end();
        tell();

        assertThat(told).isEmpty();
        assertThat(executed).isEmpty();
    }

    @Test
    void whatIsToldLaterIsForgottenWhenItIsOver() {
        Scheduler scheduler = Mockito.mock();
        Scheduler.Task waiting = Mockito.mock();
        Mockito.when(scheduler.schedule(Mockito.any(), Mockito.eq(20_000L), Mockito.eq(TimeUnit.MILLISECONDS)))
                .thenReturn(waiting);
        events.begin(channel);
        events.tellLater(http -> task, scheduler, Duration.ofSeconds(20));

        events.end();

        Mockito.verify(waiting).cancel();
    }
}
