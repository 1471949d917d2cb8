package io.coapgate.gateway.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The HTML standard's section on server-sent events: its examples, its rules, and what a hostile stream may do. */
class EventParserTest {
    private static final int MAX = 100;

    private final List<String> events = new ArrayList<>();
    private final EventParser parser = new EventParser(MAX, event -> events.add(event.type() + "=" + event.data()));

    private boolean read(String text) {
        return parser.read(text.getBytes(UTF_8));
    }

    @Nested
    class Examples {
        @Test
        void stockTicker() {
            read("data: YHOO\ndata: +2\ndata: 10\n\n");
            assertThat(events).containsExactly("message=YHOO\n+2\n10");
        }

        @Test
        void commentsIdsAndAnUnfinishedEnd() {
            read(": test stream\n\ndata: first event\nid: 1\n\n");
            assertThat(events).containsExactly("message=first event");
            assertThat(parser.lastEventId()).contains("1");
            read("data:second event\nid\n\n");
            assertThat(events).containsExactly("message=first event", "message=second event");
            assertThat(parser.lastEventId()).isEmpty();
            read("data:  third event\n\n");
            assertThat(events).last().isEqualTo("message= third event");
        }

        @Test
        void emptyDataAndAnEventThatNeverEnds() {
            read("data\n\ndata\ndata\n\ndata:");
            assertThat(events).containsExactly("message=", "message=\n");
        }

        @Test
        void theSpaceAfterTheColonIsIgnored() {
            read("data:test\n\ndata: test\n\n");
            assertThat(events).containsExactly("message=test", "message=test");
        }

        @Test
        void types() {
            read("event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\ndata: 7\n\n");
            assertThat(events).containsExactly("add=73857293", "remove=2153", "message=7");
        }
    }

    @Nested
    class Rules {
        @Test
        void linesEndInCarriageReturnLineFeedOrBoth() {
            read("data: a\r\rdata: b\r\n\r\ndata: c\n\ndata: d\r\n\rdata: e\n\r\n");
            assertThat(events).containsExactly("message=a", "message=b", "message=c", "message=d", "message=e");
        }

        @Test
        void piecesMayBeCutAnywhere() {
            for (byte b : "\ufeffevent: é\r\ndata: ü\r\ndata: 2\r\n\r\n".getBytes(UTF_8)) {
                assertThat(parser.read(new byte[] {b})).isTrue();
            }
            assertThat(events).containsExactly("é=ü\n2");
        }

        @Test
        void oneByteOrderMarkIsIgnoredAtTheBeginningOnly() {
            read("\ufeffdata: a\n\n\ufeffdata: b\n\n");
            assertThat(events).containsExactly("message=a");
        }

        @Test
        void aTypeWithoutDataIsForgotten() {
            read("event: x\n\ndata: a\n\n");
            assertThat(events).containsExactly("message=a");
        }

        @Test
        void unknownFieldsAreIgnored() {
            read("foo: bar\nDATA: no\n data: no\ndata: a\n\n");
            assertThat(events).containsExactly("message=a");
        }

        @Test
        void anIdStaysUntilThereIsAnother() {
            read("id: 7\ndata: a\n\ndata: b\n\n");
            assertThat(parser.lastEventId()).contains("7");
            read("id: 8\0\ndata: c\n\n");
            assertThat(parser.lastEventId()).contains("7");
        }

        @Test
        void anIdThatNoHeaderCanHoldIsNone() {
            read("id: 7\n\nid: ü\n\n");
            assertThat(parser.lastEventId()).isEmpty();
        }

        @Test
        void retryIsDigitsOnly() {
            read("retry: 1500\n");
            assertThat(parser.retry()).contains(Duration.ofMillis(1500));
            read("retry: 2s\nretry: -1\nretry:\nretry: 99999999999999999999\n");
            assertThat(parser.retry()).contains(Duration.ofMillis(1500));
        }

        @Test
        void malformedTextIsReplacedNotRefused() {
            parser.read(new byte[] {'d', 'a', 't', 'a', ':', (byte) 0xff, '\n', '\n'});
            assertThat(events).containsExactly("message=\ufffd");
        }
    }

    @Nested
    class Hostile {
        @Test
        void aLineWithoutEndIsCutOff() {
            assertThat(read("data: " + "x".repeat(MAX - 6))).isTrue();
            assertThat(read("x")).isFalse();
        }

        @Test
        void aCommentWithoutEndIsToo() {
            assertThat(read(":" + "x".repeat(MAX))).isFalse();
        }

        @Test
        void anEventOfManyLinesIsToo() {
            assertThat(read("data\n".repeat(MAX))).isTrue();
            assertThat(read("data\n")).isFalse();
            assertThat(events).isEmpty();
        }

        @Test
        void manyEventsAreNot() {
            assertThat(read("data: 0123456789\n\n".repeat(1000))).isTrue();
            assertThat(events).hasSize(1000);
        }

        @Test
        void noiseWithoutEventsIsNot() {
            assertThat(read("\n\r: \nid: 1\nevent: x\nretry: 1\n".repeat(1000))).isTrue();
            assertThat(events).isEmpty();
        }
    }
}
