package dev.gangway.fcgi.cgi;

import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.config.Secret;
import dev.gangway.fcgi.record.Params;
import dev.gangway.fcgi.record.ParamsBuilder;
import dev.gangway.fcgi.record.ParamsLimits;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a connection remembers of the PARAMS of its last request. A web server sends nearly the same pairs with each, in
 * the same order: a pair of the same bytes is not decoded again, and the requests share it.
 *
 * <p>The thread that reads the connection uses it; any thread may make it forget. Nothing is remembered of the first
 * request, since many connections have no other, nor of long ones, and no {@linkplain CgiNames#isConfidential
 * credentials}, neither as text nor as bytes.
 */
public final class ParamsMemory {
    private static final int MAX_BYTES = 4096;

    /** How many pairs that a request lacks in a row, at most, do not matter to the pairs that follow. */
    private static final int LOOK_AHEAD = 8;

    private final Secret secret;
    private final ParamsLimits limits;
    private final AtomicReference<ParamsBuilder> spare = new AtomicReference<>();
    /** Null before the first request, and while another one is being compared with it. */
    private final AtomicReference<Remembered> last = new AtomicReference<>();

    public ParamsMemory(FcgiConfiguration configuration) {
        this.secret = configuration.secret();
        this.limits = new ParamsLimits(
                configuration.getMaxParamsBytes(),
                configuration.getMaxParams(),
                configuration.getMaxParamNameBytes(),
                configuration.getMaxParamValueBytes());
    }

    /** {@return where the PARAMS of a request are collected} */
    public ParamsBuilder builder() {
        ParamsBuilder free = spare.getAndSet(null);
        return free == null ? new ParamsBuilder(limits) : free;
    }

    /**
     * {@return the pairs as text}
     *
     * @param received  the pairs
     * @param collected their bytes, which belong to the memory from now on
     */
    public RequestParams read(Params received, ParamsBuilder collected) {
        Remembered before = last.getAndSet(null);
        if (before == null) {
            last.set(new Remembered());
            return RequestParams.of(received);
        }
        RequestParam[] pairs = before.read(received);
        if (collected.length() <= MAX_BYTES) {
            spare.set(before.replace(received, pairs, collected, secret));
            last.set(before);
        }
        return new RequestParams(pairs);
    }

    /** Gives up all memory that can be had again. */
    public void forget() {
        last.set(null);
        spare.set(null);
    }

    /** The last request. */
    private static final class Remembered {
        private static final RequestParam[] NONE = {};

        /** The memory of the bytes that follow; null if there are none. */
        private ParamsBuilder bytes;

        private Params received = Params.NONE;
        /** Null where the value is not kept. */
        private RequestParam[] pairs = NONE;

        RequestParam[] read(Params now) {
            RequestParam[] read = new RequestParam[now.size()];
            int next = 0;
            for (int pair = 0; pair < read.length; pair++) {
                int place = place(now, pair, next);
                if (place >= 0) {
                    next = place + 1;
                }
                read[pair] = read(now, pair, place);
            }
            return read;
        }

        private RequestParam read(Params now, int pair, int place) {
            RequestParam before = place < 0 ? null : pairs[place];
            if (before == null) {
                return RequestParam.of(now, pair);
            }
            return now.hasValueOf(pair, received, place) ? before : before.with(now, pair);
        }

        /** {@return where a pair of this name is remembered, at this place or soon after it; -1 if there is none} */
        private int place(Params now, int pair, int from) {
            int to = Math.min(received.size(), from + LOOK_AHEAD);
            for (int place = from; place < to; place++) {
                if (now.hasNameOf(pair, received, place)) {
                    return place;
                }
            }
            return -1;
        }

        /** Remembers another request instead; returns the memory of the bytes of this one, or null. */
        ParamsBuilder replace(Params now, RequestParam[] read, ParamsBuilder collected, Secret secret) {
            if (pairs.length < read.length) {
                pairs = Arrays.copyOf(pairs, read.length);
            }
            Arrays.fill(pairs, read.length, pairs.length, null);
            for (int pair = 0; pair < read.length; pair++) {
                if (pairs[pair] != read[pair]) {
                    boolean kept = !read[pair].isConfidential()
                            && !secret.is(now.block(), now.valueAt(pair), now.valueLength(pair));
                    pairs[pair] = kept ? read[pair] : null;
                    if (!kept) {
                        collected.erase(now.valueAt(pair), now.valueLength(pair));
                    }
                }
            }
            ParamsBuilder free = bytes;
            if (free != null) {
                free.clear();
            }
            bytes = collected;
            received = now;
            return free;
        }
    }
}
