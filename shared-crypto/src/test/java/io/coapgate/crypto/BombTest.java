package io.coapgate.crypto;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.ace.AccessTokenUpload;
import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.crypto.ace.Aif;
import io.coapgate.crypto.ace.IntrospectionResponse;
import io.coapgate.crypto.ace.RevocationList;
import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.CoseKeySet;
import io.coapgate.crypto.cose.CoseMessage;
import io.coapgate.crypto.cose.StrictCbor;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.crypto.cwt.CwtVerifier;
import io.coapgate.crypto.cwt.InvalidCwtException;
import io.coapgate.crypto.jose.JwkReader;
import io.coapgate.crypto.jose.JwkSet;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.SecretBytes;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Small inputs that cost a careless reader much, at every entrance and in every place of a token: refused in less than 10
 * ms and with less than 1 MiB.
 */
class BombTest {

    private static final long MAX_NANOS = 10_000_000;
    private static final long MAX_ALLOCATED = 1 << 20;
    private static final int WARM_UP = 20;
    private static final int RUNS = 9;

    private static final int MAX = StrictCbor.MAX_BYTES;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final VerificationKey key =
            VerificationKey.of(CoseAlgorithm.HMAC_256_256, SecretBytes.copyOf(hex("5c".repeat(32))));
    private final CwtVerifier verifier =
            new CwtVerifier(CwtPolicy.forAudience("rs").withMaxBytes(MAX), Clock.fixed(NOW, ZoneOffset.UTC));

    BombTest() throws Exception {}

    @TestFactory
    List<DynamicTest> cborBombsAreRefusedQuicklyAndWithLittleMemory() {
        List<DynamicTest> tests = new ArrayList<>();
        cborBombs().forEach((name, bomb) -> {
            byte[] encoded = hex(bomb);
            tests.add(refused(name, CoseException.class, () -> StrictCbor.decode(encoded, MAX)));
            tests.add(refused(name + ", as key", CoseException.class, () -> CoseKey.decode(encoded)));
            tests.add(refused(
                    name + ", in an upload", AceFormatException.class, () -> AccessTokenUpload.decode(encoded, MAX)));
            tests.add(refused(
                    name + ", as token request",
                    AceFormatException.class,
                    () -> AccessTokenRequest.decode(encoded, MAX)));
            tests.add(refused(name + ", as AIF", AceFormatException.class, () -> Aif.decode(encoded)));
            tests.add(refused(
                    name + ", as an introspection response",
                    AceFormatException.class,
                    () -> IntrospectionResponse.decode(encoded, MAX)));
            tests.add(refused(
                    name + ", as a revocation list",
                    AceFormatException.class,
                    () -> RevocationList.decode(encoded, MAX)));
            tests.add(
                    refused(name + ", as a key set", CoseException.class, () -> CoseKeySet.decodePublic(encoded, MAX)));
            tests.add(refused(name + ", as claims", InvalidCwtException.class, () -> CwtClaims.decode(encoded, MAX)));
            places(bomb).forEach((place, hex) -> {
                byte[] message = hex(hex);
                byte[] token = hex("d83d" + hex);
                tests.add(refused(
                        name + ", " + place,
                        CoseException.class,
                        () -> CoseMessage.decode(message, MAX).verify(key, CoseMessage.NO_AAD)));
                tests.add(refused(
                        name + ", " + place + " of a token",
                        InvalidCwtException.class,
                        () -> verifier.verify(token, issuer -> List.of(key))));
            });
        });
        return tests;
    }

    @TestFactory
    List<DynamicTest> jsonBombsAreRefusedQuicklyAndWithLittleMemory() {
        List<DynamicTest> tests = new ArrayList<>();
        jsonBombs().forEach((name, bomb) -> {
            tests.add(refused(name + ", as public key", KeyFormatException.class, () -> JwkReader.publicKey(bomb)));
            tests.add(refused(name + ", as key pair", KeyFormatException.class, () -> JwkReader.keyPair(bomb)));
            tests.add(refused(name + ", as secret", KeyFormatException.class, () -> JwkReader.secret(bomb)));
            tests.add(refused(name + ", as key set", KeyFormatException.class, () -> JwkSet.parse(bomb)));
        });
        return tests;
    }

    private DynamicTest refused(String name, Class<? extends Exception> refusal, ThrowingCallable read) {
        return DynamicTest.dynamicTest(name, () -> {
            for (int i = 0; i < WARM_UP; i++) {
                assertThatThrownBy(read).isInstanceOf(refusal);
            }
            long[] nanos = new long[RUNS];
            for (int i = 0; i < RUNS; i++) {
                long allocated = threads.getCurrentThreadAllocatedBytes();
                long start = threads.getCurrentThreadCpuTime();
                assertThatThrownBy(read).isInstanceOf(refusal);
                nanos[i] = threads.getCurrentThreadCpuTime() - start;
                assertThat(threads.getCurrentThreadAllocatedBytes() - allocated).isLessThan(MAX_ALLOCATED);
            }
            Arrays.sort(
                    nanos); // the median of CPU time: neither a collection nor a neighbour on the machine is measured
            assertThat(nanos[RUNS / 2]).isLessThan(MAX_NANOS);
        });
    }

    /** Where in a COSE message a bomb may stand, other than in place of the whole. */
    private static Map<String, String> places(String bomb) {
        String headers = "d18443a10105a0";
        String mac = "5820" + "00".repeat(32);
        return Map.of(
                "after the tag", "d1" + bomb,
                "as protected header", "d184" + bstr(bomb) + "a041a0" + mac,
                "in the unprotected header", "d18443a10105a11863" + bomb + "41a0" + mac,
                "as payload", headers + bstr(bomb) + mac,
                "as unknown claim", headers + bstr("a11863" + bomb) + mac,
                "as cnf", headers + bstr("a108a101" + bomb) + mac);
    }

    private static Map<String, String> cborBombs() {
        Map<String, String> bombs = new LinkedHashMap<>();
        bombs.put("decimal fraction with a huge exponent", "c4821b7fffffffffffffff03");
        bombs.put("decimal fraction with a huge negative exponent", "c4823b7fffffffffffffff03");
        bombs.put("bigfloat with a huge exponent", "c5821b7fffffffffffffff03");
        bombs.put("bigfloat with a bignum as exponent", "c582c249ffffffffffffffffff03");
        bombs.put("decimal fraction with arbitrary exponent (tag 264)", "d9010882c24affffffffffffffffffff01");
        bombs.put("rational of bignums (tag 30)", "d81e82c24affffffffffffffffffffc24a01ffffffffffffffffff");
        bombs.put("bignum of 60,000 bytes", "c259ea60" + "ff".repeat(60_000));
        bombs.put("negative bignum of 60,000 bytes", "c359ea60" + "ff".repeat(60_000));
        bombs.put("60,000 tags", "c1".repeat(60_000));
        for (String major : List.of("5b", "7b", "9b", "bb")) {
            bombs.put("length of 2^63 - 1 after " + major, major + "7fffffffffffffff");
            bombs.put("length of 2^63 after " + major, major + "8000000000000000");
            bombs.put("length of 2^64 - 1 after " + major, major + "ffffffffffffffff");
        }
        bombs.put("length of 2^31 - 1", "5a7fffffff00");
        bombs.put("map of 2^30 pairs", "ba4000000000");
        bombs.put("array of 2^32 - 1", "9affffffff00");
        bombs.put("60,000 arrays in one another", "81".repeat(60_000) + "00");
        bombs.put("30,000 maps in one another", "a100".repeat(30_000) + "00");
        bombs.put("30,000 maps in one another, as keys", "a1".repeat(30_000) + "00".repeat(30_001));
        bombs.put("60,000 arrays of indefinite length", "9f".repeat(60_000));
        bombs.put("array of 60,000 empty arrays", "99ea60" + "80".repeat(60_000));
        bombs.put("map of 30,000 equal keys", "b97530" + "00".repeat(60_000));
        bombs.put("text of 60,000 bytes with a bad end", "79ea60" + "61".repeat(59_999) + "ff");
        bombs.put("1,000 distinct keys and one of them again", manyKeys());
        bombs.put("1,000 long keys that differ in their last byte, one twice", longKeys());
        return bombs;
    }

    private static Map<String, String> jsonBombs() {
        Map<String, String> bombs = new LinkedHashMap<>();
        bombs.put("number with a huge exponent", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":1e999999999,\"y\":1}");
        bombs.put("number of 16,000 digits", "{\"kty\":\"oct\",\"k\":" + "9".repeat(16_000) + "}");
        bombs.put("8,000 arrays in one another", "{\"kty\":" + "[".repeat(8_000) + "]".repeat(8_000) + "}");
        bombs.put("8,000 arrays, none closed", "{\"kty\":" + "[".repeat(8_000));
        bombs.put("2,500 objects in one another", "{\"k\":".repeat(2_500) + "1" + "}".repeat(2_500));
        bombs.put("string of 15,000 escapes", "{\"kty\":\"" + "\\\"".repeat(7_500) + "\"}");
        bombs.put("exponent of an RSA key as long as its modulus", rsa("_".repeat(340) + "8"));
        bombs.put("key longer than any", "{\"kty\":\"oct\",\"k\":\"" + "A".repeat(1 << 20) + "\"");
        return bombs;
    }

    private static String rsa(String exponent) {
        return "{\"kty\":\"RSA\",\"n\":\"" + "_".repeat(341) + "w\",\"e\":\"" + exponent + "\",\"kid\":7}";
    }

    private static String manyKeys() {
        StringBuilder map = new StringBuilder("b903e9");
        for (int i = 0; i < 1_000; i++) {
            map.append("1a%08x00".formatted(0x10000 + i));
        }
        return map + "1a0001000000";
    }

    private static String longKeys() {
        StringBuilder map = new StringBuilder("b903e8");
        for (int i = 0; i < 999; i++) {
            map.append("5830").append("00".repeat(46)).append("%04x00".formatted(i));
        }
        return map + "5830" + "00".repeat(48) + "00";
    }

    private static String bstr(String content) {
        return "59%04x".formatted(content.length() / 2) + content;
    }
}
