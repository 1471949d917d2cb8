package io.coapgate.crypto.cose;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.cose.CoseException.Reason;
import io.coapgate.crypto.key.EcCurve;
import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.SecretBytes;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One key of each algorithm, used by several threads at once: good messages and bad ones, each with its own result. */
class SharedKeysTest {

    private static final int THREADS = 8;
    private static final int MESSAGES = 10;
    private static final int MAX = 1024;

    /** Makes a message of a payload, and opens one. */
    private interface Ends {

        byte[] make(int number, byte[] payload);

        byte[] open(byte[] message) throws CoseException;
    }

    @ParameterizedTest
    @EnumSource
    void resultsAreEachThreadsOwn(CoseAlgorithm algorithm) throws Exception {
        Ends ends = ends(algorithm);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> opened = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread * MESSAGES;
                Callable<Integer> user = () -> {
                    start.await(30, TimeUnit.SECONDS);
                    return use(ends, first);
                };
                opened.add(threads.submit(user));
            }
            for (Future<Integer> count : opened) {
                assertThat(count.get(60, TimeUnit.SECONDS)).isEqualTo(MESSAGES);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int use(Ends ends, int first) throws CoseException {
        int opened = 0;
        for (int number = first; number < first + MESSAGES; number++) {
            byte[] payload = ByteBuffer.allocate(64).putInt(60, number).array();
            byte[] message = ends.make(number, payload);
            byte[] changed = message.clone();
            changed[changed.length - 1] ^= 1;
            assertThat(ends.open(message)).isEqualTo(payload);
            assertThat(refusal(ends, changed)).isEqualTo(Reason.BAD_SIGNATURE);
            assertThat(ends.open(message)).isEqualTo(payload);
            opened++;
        }
        return opened;
    }

    private static Reason refusal(Ends ends, byte[] message) {
        try {
            ends.open(message);
            throw new AssertionError("a changed message was accepted");
        } catch (CoseException e) {
            return e.reason();
        }
    }

    private static Ends ends(CoseAlgorithm algorithm) throws Exception {
        if (algorithm.kind() == CoseAlgorithm.Kind.ENCRYPTION) {
            SecretBytes secret = SecretBytes.copyOf(new byte[algorithm.keyLength()]);
            return new Sealed(EncryptionKey.of(algorithm, secret), DecryptionKey.of(algorithm, secret));
        }
        if (algorithm.kind() == CoseAlgorithm.Kind.MAC) {
            SecretBytes secret = SecretBytes.copyOf(new byte[algorithm.keyLength()]);
            return new Authentic(SigningKey.of(algorithm, secret), VerificationKey.of(algorithm, secret));
        }
        KeyPair pair = pair(algorithm.curve().orElseThrow());
        return new Authentic(
                SigningKey.of(algorithm, pair.getPrivate()), VerificationKey.of(algorithm, pair.getPublic()));
    }

    private static KeyPair pair(KeyCurve curve) throws Exception {
        if (curve.ec().isEmpty()) {
            return Ed25519.keyPair(
                    Ed25519.privateKey(hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")));
        }
        EcCurve ec = curve.ec().get();
        byte[] scalar = new byte[ec.coordinateBytes()];
        scalar[scalar.length / 2] = 5;
        return ec.keyPair(ec.privateKey(scalar));
    }

    private record Authentic(SigningKey maker, VerificationKey checker) implements Ends {

        @Override
        public byte[] make(int number, byte[] payload) {
            return maker.algorithm().kind() == CoseAlgorithm.Kind.MAC
                    ? CoseMac0.create(maker, payload, CoseMessage.NO_AAD)
                    : CoseSign1.create(maker, payload, CoseMessage.NO_AAD);
        }

        @Override
        public byte[] open(byte[] message) throws CoseException {
            return CoseMessage.decode(message, MAX).verify(checker, CoseMessage.NO_AAD);
        }
    }

    private record Sealed(EncryptionKey maker, DecryptionKey opener) implements Ends {

        @Override
        public byte[] make(int number, byte[] payload) {
            byte[] iv = ByteBuffer.allocate(maker.algorithm().nonceLength())
                    .putInt(number)
                    .array();
            return CoseEncrypt0.create(maker, iv, payload, CoseMessage.NO_AAD);
        }

        @Override
        public byte[] open(byte[] message) throws CoseException {
            return CoseEncrypt0.decode(message, MAX).decrypt(opener, CoseMessage.NO_AAD);
        }
    }
}
