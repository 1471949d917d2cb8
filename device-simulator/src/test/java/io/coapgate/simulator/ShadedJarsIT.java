package io.coapgate.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.simulator.launch.GatewayJar;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shipped jars carry the licences of what they bundle, and hold only the part of Bouncy Castle that AES-CCM and Ed25519 need. Here each decrypts, signs and verifies
 * with nothing but itself and the JDK on its class path.
 */
class ShadedJarsIT {

    private static final String PACKAGE = "io.coapgate.crypto.";

    /** RFC 8392 Appendix A.2.1 and A.5: a CWT encrypted with AES-CCM-16-64-128, and the claims of A.1. */
    private static final byte[] KEY = HexFormat.of().parseHex("231f4c4d4d3051fdc2ec0a3851d5b383");

    private static final byte[] MESSAGE = HexFormat.of()
            .parseHex("d08343a1010aa2044c53796d6d6574726963313238054d99a0d7846e762c49ffe8a63e0b"
                    + "5858b918a11fd81e438b7f973d9e2e119bcb22424ba0f38a80f27562f400ee1d0d6c0fdb559c02421fd384fc2ebe22d70713"
                    + "78b0ea7428fff157444d45f7e6afcda1aae5f6495830c58627087fc5b4974f319a8707a635dd643b");
    private static final String CLAIMS =
            "a70175636f61703a2f2f61732e6578616d706c652e636f6d02656572696b77037818636f61703a2f2f"
                    + "6c696768742e6578616d706c652e636f6d041a5612aeb0051a5610d9f0061a5610d9f007420b71";

    static List<Path> jars() throws Exception {
        return List.of(GatewayJar.locate(), Path.of("target", "coapgate-simulator.jar"));
    }

    @ParameterizedTest
    @MethodSource("jars")
    void decryptAesCcm(Path jar) throws Exception {
        try (URLClassLoader alone = alone(jar)) {
            assertThat(decrypt(alone, MESSAGE)).isEqualTo(CLAIMS);
        }
    }

    @ParameterizedTest
    @MethodSource("jars")
    void refuseAesCcmThatIsNotAuthentic(Path jar) throws Exception {
        byte[] changed = MESSAGE.clone();
        changed[changed.length - 1] ^= 1;
        try (URLClassLoader alone = alone(jar)) {
            assertThatThrownBy(() -> decrypt(alone, changed))
                    .isInstanceOf(InvocationTargetException.class)
                    .hasRootCauseMessage("the message does not decrypt");
        }
    }

    @ParameterizedTest
    @MethodSource("jars")
    void signAndVerifyEd25519(Path jar) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        try (URLClassLoader alone = alone(jar)) {
            Constructor<?> constructor =
                    alone.loadClass(PACKAGE + "jca.Ed25519Provider").getDeclaredConstructor();
            constructor.setAccessible(true);
            Provider provider = (Provider) constructor.newInstance(); // installed nowhere
            Signature signature = Signature.getInstance("Ed25519", provider);
            signature.initSign(pair.getPrivate());
            signature.update(MESSAGE);
            byte[] signed = signature.sign();
            signature.initVerify(pair.getPublic());
            signature.update(MESSAGE);
            assertThat(signature.verify(signed)).isTrue();
            signature.update(KEY);
            assertThat(signature.verify(signed)).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("jars")
    void holdNoJcaProviderOfBouncyCastle(Path jar) throws Exception {
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.stream().filter(entry -> entry.getName().startsWith("org/bouncycastle/")))
                    .hasSizeBetween(75, 450)
                    .noneMatch(entry -> entry.getName().contains("/jce/"));
        }
    }

    /** Who is bundled under a licence that wants its text kept, and words by which that text is known. */
    private static final Map<String, String> TEXTS = Map.of(
            "org.bouncycastle", "The Legion of the Bouncy Castle",
            "org.slf4j", "QOS.ch",
            "org.hdrhistogram", "Gil Tene",
            "org.eclipse.californium", "Eclipse Distribution License - v 1.0",
            "org.jline", "Neither the name of JLine",
            "me.tongfei", "Tongfei Chen",
            "org.webjars.npm", "Leon Sorokin",
            "org.ow2.asm", "INRIA, France Telecom",
            "software.amazon.cryptools", "The OpenSSL Project");

    private static final Pattern THIRD_PARTY = Pattern.compile(" +((?:\\([^)]+\\) )+).*\\(([^:]+):[^:]+:[^ ]+ - .*\\)");

    @ParameterizedTest
    @MethodSource("jars")
    void carryTheLicencesOfWhatTheyBundle(Path jar) throws Exception {
        try (JarFile file = new JarFile(jar.toFile())) {
            String texts = legalTexts(file);
            List<String> lines = text(file, "META-INF/THIRD-PARTY.txt")
                    .lines()
                    .filter(line -> line.startsWith(" "))
                    .toList();

            assertThat(text(file, "META-INF/LICENSE")).contains("Apache License", "Version 2.0, January 2004");
            assertThat(text(file, "META-INF/NOTICE")).contains("Jackson");
            assertThat(lines).hasSizeGreaterThan(30);
            for (String line : lines) {
                Matcher parts = THIRD_PARTY.matcher(line);
                assertThat(parts).as(line).matches();
                String words = TEXTS.get(parts.group(2));
                if (words == null) {
                    assertThat(parts.group(1)).as(line).containsAnyOf("(Apache-2.0)", "(CC0-1.0)", "(Unlicense)");
                } else {
                    assertThat(texts).as(line).contains(words);
                }
            }
        }
    }

    private static String legalTexts(JarFile file) throws IOException {
        StringBuilder texts = new StringBuilder();
        for (JarEntry entry : Collections.list(file.entries())) {
            if (entry.getName().matches("META-INF/(LICENSE[^/]*|legal/LICENSE|licenses/.*)") && !entry.isDirectory()) {
                texts.append(text(file, entry.getName()));
            }
        }
        return texts.toString();
    }

    private static String text(JarFile file, String name) throws IOException {
        try (InputStream in = file.getInputStream(file.getJarEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static URLClassLoader alone(Path jar) throws Exception {
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    /** {@code CoseEncrypt0.decode(message, 1024).decrypt(DecryptionKey.of(AES_CCM_16_64_128, KEY), {})} over there, in hex. */
    private static String decrypt(ClassLoader alone, byte[] message) throws Exception {
        Class<?> algorithms = alone.loadClass(PACKAGE + "cose.CoseAlgorithm");
        Class<?> secrets = alone.loadClass(PACKAGE + "key.SecretBytes");
        Class<?> keys = alone.loadClass(PACKAGE + "cose.DecryptionKey");
        Class<?> messages = alone.loadClass(PACKAGE + "cose.CoseEncrypt0");
        Object algorithm = algorithms.getField("AES_CCM_16_64_128").get(null);
        Object secret = secrets.getMethod("copyOf", byte[].class).invoke(null, KEY);
        Object key = keys.getMethod("of", algorithms, secrets).invoke(null, algorithm, secret);
        Object decoded = messages.getMethod("decode", byte[].class, int.class).invoke(null, message, 1024);
        byte[] plaintext =
                (byte[]) messages.getMethod("decrypt", keys, byte[].class).invoke(decoded, key, new byte[0]);
        return HexFormat.of().formatHex(plaintext);
    }
}
