package io.coapgate.gateway.observe;

import io.coapgate.gateway.upstream.BodyReader;
import io.coapgate.gateway.upstream.UpstreamException;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.util.Locale;
import java.util.Optional;

/** One stream of events, from its head to its end. Only for the event loop that it comes on. */
final class EventReader implements BodyReader {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final String EVENT_STREAM = "text/event-stream";

    private final EventFeed feed;
    private final EventParser parser;

    EventReader(EventFeed feed, int maxEventBytes) {
        this.feed = feed;
        this.parser = new EventParser(maxEventBytes, this::event);
    }

    private void event(ServerSentEvent event) {
        feed.event(this, event, parser.lastEventId());
    }

    @Override
    public boolean begin(UpstreamResponse head) {
        if (head.status() == NO_CONTENT) { // the way to say that there is no stream, by the HTML standard
            feed.unwanted(this);
            return false;
        }
        if (head.status() != OK || !isEventStream(head)) {
            feed.ended(this, parser.retry());
            return false;
        }
        feed.begun();
        return true;
    }

    private static boolean isEventStream(UpstreamResponse head) {
        String type = head.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        return (type.equals(EVENT_STREAM) || type.startsWith(EVENT_STREAM + ";"))
                && head.header("content-encoding").isEmpty();
    }

    @Override
    public boolean read(byte[] piece) {
        boolean sound = parser.read(piece);
        if (!sound) {
            feed.ended(this, parser.retry());
        }
        return sound;
    }

    @Override
    public void end(Optional<UpstreamException> failure) {
        feed.ended(this, parser.retry());
    }
}
