package io.coapgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.jose.JwtAlgorithm;
import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.gateway.config.ConfigLoader;
import io.coapgate.gateway.config.IssuerKeyStore;
import io.coapgate.gateway.config.PrivateFiles;
import io.coapgate.gateway.keys.KeptKey;
import io.coapgate.gateway.keys.KeyRing;
import io.coapgate.gateway.keys.KeyUse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code coapgate keys} says and does, at noon on 2026-11-24. */
class KeysTest {
    private static final String GATEWAY = """
            issuer: https://gateway.example
            audience: coapgate
            state: state
            listeners:
              - {name: psk, address: 127.0.0.1, port: 5684, credentials: [psk]}
            upstreams:
              backend: {url: http://127.0.0.1:9000}
            routes:
              - {path: /t, upstream: backend, audience: https://backend.example, methods: {POST: [t]}}
            """;

    private final Path temporary;

    KeysTest(@TempDir Path temporary) {
        this.temporary = temporary;
    }

    private IssuerKeyStore store(String more, Instant now) throws Exception {
        Path file = Files.writeString(temporary.resolve("gateway.yaml"), GATEWAY + more);
        return IssuerKeyStore.of(
                new ConfigLoader(Map.of()).load(file), Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
    }

    /** As a gateway that was started two hours ago has left them. */
    private KeyRing started(String more) throws Exception {
        return store(more, Transcript.NOW.minus(Duration.ofHours(2)))
                .open()
                .of(KeyUse.JWT)
                .orElseThrow();
    }

    private Transcript keys(String command, String... more) {
        String[] line = new String[4 + more.length];
        line[0] = "keys";
        line[1] = command;
        line[2] = "--config";
        line[3] = temporary.resolve("gateway.yaml").toString();
        System.arraycopy(more, 0, line, 4, more.length);
        return Transcript.of(line);
    }

    private KeyRing jwt() throws Exception {
        return store("", Transcript.NOW).read().of(KeyUse.JWT).orElseThrow();
    }

    @Test
    void listShowsEachKeyWithItsStateAndTimes() throws Exception {
        KeyRing ring = started("");
        String current = ring.current().id();
        String next = ring.next().orElseThrow().id();
        Transcript list = keys("list").exits(0);
        assertThat(list.out().lines())
                .containsExactly(
                        "USE  STATE    ALGORITHM  KID                                          SINCE"
                                + "                           CREATED               UNTIL",
                        "jwt  current  ES256      " + current
                                + "  2026-11-24T10:00:00Z (2 h ago)  2026-11-24T10:00:00Z  -",
                        "jwt  next     ES256      " + next
                                + "  2026-11-24T10:00:00Z (2 h ago)  2026-11-24T10:00:00Z  -");
        list.doesNotSay("PRIVATE", "secret");
    }

    @Test
    void listSpeaksJson() throws Exception {
        KeyRing ring = started("");
        keys("list", "--json")
                .exits(0)
                .says(
                        "\"kid\" : \"" + ring.current().id() + "\"",
                        "\"state\" : \"next\"",
                        "\"current\" : \"2026-11-24T10:00:00Z\"",
                        "\"public-key\" : \"-----BEGIN PUBLIC KEY-----")
                .doesNotSay("PRIVATE", "secret");
    }

    @Test
    void beforeTheFirstStartThereAreNoKeysAndListMakesNone() throws Exception {
        store("", Transcript.NOW);
        assertThat(keys("list").exits(0).err()).contains("There are no keys yet");
        keys("list", "--json").exits(0).says("\"keys\" : [ ]");
        assertThat(temporary.resolve("state")).doesNotExist();
    }

    @Test
    void rotateLetsTheNextKeyTakeOver() throws Exception {
        KeyRing before = started("");
        String next = before.next().orElseThrow().id();
        Transcript rotate = keys("rotate").exits(0);
        assertThat(rotate.out())
                .isEqualTo("jwt: " + next + " makes tokens now; the key before stays published until its last token has"
                        + " ended\n");
        assertThat(jwt().current().id()).isEqualTo(next);
        assertThat(jwt().retired())
                .extracting(KeptKey::id)
                .containsExactly(before.current().id());
        keys("list").exits(0).says("retired", "2026-11-24T12:10:00Z"); // 5 min for the tokens, 5 min of margin
    }

    @Test
    void rotateRefusesAKeyThatIsTooYoungAndSaysWhenItMayBe() throws Exception {
        started("");
        keys("rotate").exits(0);
        KeyRing before = jwt();
        Transcript again = keys("rotate").exits(1);
        assertThat(again.err())
                .startsWith(
                        "jwt: not yet: the next key is published long enough from 2026-11-24T13:00:00Z on (in 60 min);"
                                + " with --now it takes over at once");
        assertThat(jwt()).isEqualTo(before);
        keys("rotate", "--now").exits(0);
        assertThat(jwt().current().id()).isEqualTo(before.next().orElseThrow().id());
    }

    @Test
    void rotateCanMeanOneUseOnly() throws Exception {
        String more = "authorization-server: {}\n";
        KeyRing before = started(more);
        keys("rotate", "--use", "cwt-mac").exits(0).says("cwt-mac: ").doesNotSay("jwt: ");
        assertThat(jwt()).isEqualTo(before);
        assertThat(keys("rotate", "--use", "cwt").exits(64).err()).contains("the uses are jwt, cwt-mac and");
    }

    @Test
    void oneThatIsTooYoungHoldsAllBack() throws Exception {
        KeyRing before = started("authorization-server: {}\n");
        keys("rotate", "--use", "cwt-mac").exits(0);
        assertThat(keys("rotate").exits(1).err()).contains("cwt-mac: not yet").doesNotContain("jwt: ");
        assertThat(jwt()).isEqualTo(before);
    }

    @Test
    void retireTakesTheCurrentKeyOutAndSaysWhatThatCosts() throws Exception {
        KeyRing before = started("");
        String current = before.current().id();
        String next = before.next().orElseThrow().id();
        keys("retire", "--", current)
                .exits(0)
                .says(
                        "jwt: " + current + " is gone, and " + next + " makes tokens now\n",
                        "All tokens that the old key made are refused",
                        "for up to 5 minutes",
                        "The new key has been published since 2026-11-24T10:00:00Z");
        assertThat(jwt().find(current)).isEmpty();
        assertThat(jwt().current().id()).isEqualTo(next);
        assertThat(jwt().next()).isPresent();
    }

    @Test
    void retireTakesOutANextAndARetiredKeyToo() throws Exception {
        KeyRing before = started("");
        keys("retire", "--", before.next().orElseThrow().id()).exits(0).says("has made no token yet");
        keys("rotate", "--now").exits(0);
        keys("retire", "--", before.current().id())
                .exits(0)
                .says("would have been good until 2026-11-24T12:10:00Z at most, are refused");
        assertThat(jwt().retired()).isEmpty();
    }

    @Test
    void retireKnowsOnlyKeysThatThereAre() throws Exception {
        KeyRing before = started("");
        assertThat(keys("retire", "nothing").exits(1).err()).contains("There is no key nothing");
        assertThat(jwt()).isEqualTo(before);
        keys("retire").exits(64);
        Transcript.of("keys").exits(64);
    }

    @Test
    void aConfiguredKeyIsNotTheGatewaysToRotate() throws Exception {
        PrivateFiles.write(
                temporary.resolve("own.pem"),
                JwtSigningKey.generate(JwtAlgorithm.ES256, new SecureRandom()).toPem());
        store("jwt: {private-key: own.pem}\n", Transcript.NOW);
        assertThat(keys("list").exits(0).err())
                .contains("jwt.private-key", "yours to rotate", "makes no keys with this configuration");
        assertThat(keys("rotate").exits(64).err()).contains("makes no such keys");
    }

    @Test
    void aBrokenConfigurationIsExplained() throws Exception {
        Files.writeString(temporary.resolve("gateway.yaml"), "nothing: here\n");
        assertThat(keys("list").exits(78).err()).contains("unknown key");
    }
}
