package io.coapgate.gateway.observe;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads {@code text/event-stream} as it comes, by the rules of the HTML standard, section "Server-sent events": in pieces cut
 * anywhere, with lines that end in CR, LF or both. What is unknown is ignored, as the standard says; what is longer than it
 * may be ends the reading. Not thread-safe.
 */
final class EventParser {
    private static final int MAX_ID_CHARACTERS = 256;
    private static final int MAX_RETRY_DIGITS = 9;
    private static final String DEFAULT_TYPE = "message";

    private final int maxEventBytes;
    private final Consumer<ServerSentEvent> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();

    private String type = "";
    private String lastEventId = "";
    private Optional<Duration> retry = Optional.empty();
    private int dataBytes;
    private boolean afterCarriageReturn;
    private boolean isFirstLine = true;

    /** @param maxEventBytes the longest line, and the most data of one event */
    EventParser(int maxEventBytes, Consumer<ServerSentEvent> events) {
        this.maxEventBytes = maxEventBytes;
        this.events = events;
    }

    /** @return false if a line or an event is too long: then there is no way to go on */
    boolean read(byte[] piece) {
        for (byte b : piece) {
            boolean isLineFeedOfPair = b == '\n' && afterCarriageReturn;
            afterCarriageReturn = b == '\r';
            if (b == '\r' || (b == '\n' && !isLineFeedOfPair)) {
                endLine();
            } else if (b != '\n') {
                line.write(b);
            }
            if (line.size() > maxEventBytes || dataBytes > maxEventBytes) {
                return false;
            }
        }
        return true;
    }

    /** What a new request should say to go on from here, as {@code Last-Event-ID}; empty if there is nothing to say. */
    Optional<String> lastEventId() {
        return lastEventId.isEmpty() ? Optional.empty() : Optional.of(lastEventId);
    }

    /** How long the stream wants to be left alone once it has ended. */
    Optional<Duration> retry() {
        return retry;
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (isFirstLine && text.startsWith("\ufeff")) {
            text = text.substring(1);
        }
        isFirstLine = false;
        int colon = text.indexOf(':');
        if (text.isEmpty()) {
            dispatch();
        } else if (colon < 0) {
            field(text, "");
        } else if (colon > 0) { // a comment begins with it
            String value = text.substring(colon + 1);
            field(text.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
        }
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> type = value;
            case "data" -> {
                data.append(value).append('\n');
                dataBytes += value.length() + 1;
            }
            case "id" -> id(value);
            case "retry" -> retry(value);
            default -> {} // so that streams can say more some day
        }
    }

    /** What can't stand in a header is as good as none. */
    private void id(String value) {
        if (value.indexOf('\0') < 0) {
            boolean isSendable =
                    value.length() <= MAX_ID_CHARACTERS && value.chars().allMatch(c -> c >= ' ' && c <= '~');
            lastEventId = isSendable ? value : "";
        }
    }

    private void retry(String value) {
        if (!value.isEmpty()
                && value.length() <= MAX_RETRY_DIGITS
                && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            retry = Optional.of(Duration.ofMillis(Long.parseLong(value)));
        }
    }

    private void dispatch() {
        if (data.length() > 0) {
            ServerSentEvent event =
                    new ServerSentEvent(type.isEmpty() ? DEFAULT_TYPE : type, data.substring(0, data.length() - 1));
            data.setLength(0);
            dataBytes = 0;
            type = "";
            events.accept(event);
        }
        type = "";
    }
}
