package io.coapgate.gateway.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {
    private final EntityTags tags = new EntityTags(1000);

    @ParameterizedTest
    @ValueSource(strings = {"\"a\"", "\"12345678\"", "\"!#~,;W/\""})
    void shortStrongTagsCrossAsTheyAreAndWithoutMemory(String field) {
        EntityTag tag = tags.toDevice(field).orElseThrow();
        assertThat(tag.bytes()).asString(US_ASCII).isEqualTo(field.substring(1, field.length() - 1));
        assertThat(new EntityTags(1).toHttp(tag)).contains(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"123456789\"", "W/\"a\"", "\"\"", "W/\"\"", "\"686897696a7c876b7e3f0f0\""})
    void otherTagsBecomeEightBytesAndComeBack(String field) {
        EntityTag tag = tags.toDevice(field).orElseThrow();
        assertThat(tag.bytes()).hasSize(8);
        assertThat(tags.toDevice(field)).contains(tag);
        assertThat(tags.toHttp(tag)).contains(field);
        assertThat(new EntityTags(1).toDevice(field))
                .as("the same after a restart")
                .contains(tag);
    }

    @Test
    void whatIsForgottenOrNeverWasGivesNothing() {
        EntityTag tag = tags.toDevice("\"a-long-entity-tag\"").orElseThrow();
        EntityTags others = new EntityTags(1);
        assertThat(others.toHttp(tag)).isEmpty();
        assertThat(others.toHttp(EntityTag.of(new byte[] {'a', '"'}))).isEmpty();
        assertThat(others.toHttp(EntityTag.of(new byte[] {'a', '\r', '\n'}))).isEmpty();
        assertThat(others.toHttp(EntityTag.of(new byte[] {0x7f}))).isEmpty();
    }

    @Test
    void differentTagsStayDifferent() {
        assertThat(tags.toDevice("\"123456789\"")).isNotEqualTo(tags.toDevice("W/\"123456789\""));
        assertThat(tags.toDevice("\"a\"")).isNotEqualTo(tags.toDevice("W/\"a\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\"a", "a\"", "\"", "w/\"a\"", "\"a\"b\"", "\"a b\"", "\"a\", \"b\"", "*"})
    void whatIsNoEntityTagGivesNothing(String field) {
        assertThat(tags.toDevice(field)).isEmpty();
    }

    @Test
    void isBounded() {
        assertThat(tags.toDevice('"' + "x".repeat(600) + '"')).isEmpty();
        EntityTags few = new EntityTags(10);
        int found = 0;
        EntityTag[] given = new EntityTag[1000];
        for (int i = 0; i < given.length; i++) {
            given[i] = few.toDevice("\"entity-tag-" + i + '"').orElseThrow();
        }
        for (EntityTag tag : given) {
            found += few.toHttp(tag).isPresent() ? 1 : 0;
        }
        assertThat(found).isLessThan(500);
    }

    /** From the service to a device and back. */
    @Test
    void whateverAServiceSaysItHearsAgain() {
        Random random = new Random(8288);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder field = new StringBuilder(random.nextInt(4) == 0 ? "W/\"" : "\"");
            for (int length = random.nextInt(12); length > 0; length--) {
                char c = (char) ('!' + random.nextInt('~' - '!' + 1));
                field.append(c == '"' ? '!' : c);
            }
            field.append('"');
            EntityTags fresh = new EntityTags(1);
            EntityTag tag = fresh.toDevice(field.toString()).orElseThrow();
            assertThat(tag.bytes()).hasSizeBetween(1, 8);
            assertThat(fresh.toHttp(tag)).contains(field.toString());
        }
    }

    /** From a device, which may make up what it likes, to the service: what it says, or nothing. */
    @Test
    void whateverADeviceMakesUpIsOneTagOrNone() {
        Random random = new Random(5106);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(8)];
            random.nextBytes(bytes);
            tags.toHttp(EntityTag.of(bytes)).ifPresent(field -> {
                assertThat(field).matches("\"[\\x21\\x23-\\x7e]{1,8}\"");
                assertThat(tags.toDevice(field)).contains(EntityTag.of(bytes));
            });
        }
    }
}
