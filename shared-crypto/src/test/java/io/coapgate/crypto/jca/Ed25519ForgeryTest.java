package io.coapgate.crypto.jca;

import static io.coapgate.crypto.TestVectors.hex;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coapgate.crypto.jca.Edwards25519.Point;
import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyFormatException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What forgers try, beside the JDK's verdict on the same. Changes no global state. */
class Ed25519ForgeryTest {

    private static final Provider OURS = new Ed25519Provider();
    private static final byte[] MESSAGE = "message".getBytes(US_ASCII);
    private static final BigInteger EIGHT = BigInteger.valueOf(8);

    private final Random random = new Random(25519);
    private final Provider jdk = jdk();
    private KeyPair pair;
    private byte[] genuine;

    @BeforeEach
    void sign() throws GeneralSecurityException, KeyFormatException {
        byte[] seed = new byte[Ed25519.KEY_BYTES];
        random.nextBytes(seed);
        pair = Ed25519.keyPair(Ed25519.privateKey(seed));
        Signature signature = Signature.getInstance("Ed25519", OURS);
        signature.initSign(pair.getPrivate());
        signature.update(MESSAGE);
        genuine = signature.sign();
        assertThat(accepts(OURS, pair.getPublic(), MESSAGE, genuine)).isTrue();
    }

    @Test
    void aSignatureHasNoSecondFormWithSPlusTheOrder() throws GeneralSecurityException {
        BigInteger s = Edwards25519.integer(copy(genuine, 32));
        for (int times = 1; times <= 15; times++) {
            BigInteger other = s.add(Edwards25519.L.multiply(BigInteger.valueOf(times)));
            assertThat(accepts(
                            OURS, pair.getPublic(), MESSAGE, join(copy(genuine, 0), Edwards25519.littleEndian(other))))
                    .isFalse();
        }
    }

    @Test
    void noBitOfASignatureAMessageOrAKeyMayChange() throws GeneralSecurityException {
        for (int bit = 0; bit < Byte.SIZE * genuine.length; bit++) {
            assertThat(accepts(OURS, pair.getPublic(), MESSAGE, flipped(genuine, bit)))
                    .isFalse();
        }
        for (int bit = 0; bit < Byte.SIZE * MESSAGE.length; bit++) {
            assertThat(accepts(OURS, pair.getPublic(), flipped(MESSAGE, bit), genuine))
                    .isFalse();
        }
        byte[] spki = pair.getPublic().getEncoded();
        for (int bit = Byte.SIZE * (spki.length - Ed25519.KEY_BYTES); bit < Byte.SIZE * spki.length; bit++) {
            assertThat(accepts(OURS, unchecked(flipped(spki, bit)), MESSAGE, genuine))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 63, 65, 128})
    void otherLengthsAreNoSignature(int length) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519", OURS);
        signature.initVerify(pair.getPublic());
        signature.update(MESSAGE);
        assertThatExceptionOfType(SignatureException.class)
                .isThrownBy(() -> signature.verify(Arrays.copyOf(genuine, length)));
    }

    @Test
    void zerosAndOnesAreNoSignature() throws GeneralSecurityException {
        byte[] ones = new byte[64];
        Arrays.fill(ones, (byte) -1);
        for (byte[] candidate : List.of(new byte[64], ones, join(Point.ZERO.encode(), new byte[32]))) {
            assertThat(accepts(OURS, pair.getPublic(), MESSAGE, candidate)).isFalse();
        }
    }

    /** Every encoding of a point of order 1, 2, 4 or 8, also the ones that no encoder makes. */
    static Stream<byte[]> smallOrder() {
        String eight = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";
        String otherEight = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a";
        BigInteger p = Edwards25519.P;
        Stream<byte[]> encodings = Stream.concat(
                Stream.of(hex(eight), hex(otherEight)),
                Stream.of(BigInteger.ZERO, BigInteger.ONE, p.subtract(BigInteger.ONE), p, p.add(BigInteger.ONE))
                        .map(Edwards25519::littleEndian));
        return encodings.flatMap(bytes -> Stream.of(bytes, flipped(bytes, 255)));
    }

    @ParameterizedTest
    @MethodSource("smallOrder")
    void nothingIsSignedUnderAKeyOfSmallOrder(byte[] key) throws GeneralSecurityException {
        PublicKey publicKey = unchecked(join(hex("302a300506032b6570032100"), key));
        for (byte[] r : (Iterable<byte[]>) smallOrder()::iterator) {
            for (byte message = 0; message < 16; message++) {
                assertThat(accepts(OURS, publicKey, new byte[] {message}, join(r, new byte[32])))
                        .isFalse();
            }
        }
    }

    @Test
    void theJdkTakesAnybodysSignatureUnderSuchAKeyWhichIsWhyItIsNotLeftToIt() throws GeneralSecurityException {
        PublicKey neutral = unchecked(join(hex("302a300506032b6570032100"), Point.ZERO.encode()));
        byte[] anybodys = join(Point.BASE.encode(), Edwards25519.littleEndian(BigInteger.ONE));

        assertThat(accepts(jdk, neutral, MESSAGE, anybodys)).isTrue();
        assertThat(accepts(OURS, neutral, MESSAGE, anybodys)).isFalse();
    }

    @Test
    void whatIsNoPointIsNoKeyAndNoPartOfASignature() throws GeneralSecurityException {
        int points = 0;
        for (int i = 0; i < 64; i++) {
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            points += Ed25519.isOn(unchecked(join(hex("302a300506032b6570032100"), bytes))) ? 1 : 0;
            assertThat(accepts(OURS, unchecked(join(hex("302a300506032b6570032100"), bytes)), MESSAGE, genuine))
                    .isFalse();
            assertThat(accepts(OURS, pair.getPublic(), MESSAGE, join(bytes, copy(genuine, 32))))
                    .isFalse();
        }
        assertThat(points).isEqualTo(64);
    }

    @Test
    void ofRandomCombinationsItAcceptsWhatTheJdkAccepts() throws GeneralSecurityException, KeyFormatException {
        for (int i = 0; i < 300; i++) {
            byte[] message = random.nextBoolean() ? MESSAGE : flipped(MESSAGE, random.nextInt(56));
            byte[] candidate = random.nextBoolean() ? genuine : flipped(genuine, random.nextInt(512));
            assertThat(accepts(OURS, pair.getPublic(), message, candidate))
                    .isEqualTo(accepts(jdk, pair.getPublic(), message, candidate));
        }
    }

    /** RFC 8032 §5.1.7 has its equation times eight and allows it without; the JDK is the only one to know the difference. */
    @Test
    void theHolderOfAPrivateKeyCanAddAPointOfSmallOrderToItsSignature()
            throws GeneralSecurityException, KeyFormatException {
        BigInteger scalar = new BigInteger(250, random).multiply(EIGHT);
        byte[] publicKey = Point.BASE.times(scalar).encode();
        PublicKey key = Ed25519.publicKey(publicKey);
        BigInteger r = new BigInteger(250, random);
        byte[] plain = Edwards25519.sign(scalar, r, Point.ZERO, publicKey, MESSAGE);
        byte[] shifted = Edwards25519.sign(scalar, r, Point.OF_ORDER_TWO, publicKey, MESSAGE);

        assertThat(accepts(OURS, key, MESSAGE, plain)).isTrue();
        assertThat(accepts(jdk, key, MESSAGE, plain)).isTrue();
        assertThat(accepts(OURS, key, MESSAGE, shifted)).isTrue();
        assertThat(accepts(jdk, key, MESSAGE, shifted)).isFalse();
        assertThat(accepts(OURS, key, MESSAGE, join(copy(shifted, 0), copy(plain, 32))))
                .isFalse();
        assertThat(accepts(OURS, key, MESSAGE, join(copy(plain, 0), copy(shifted, 32))))
                .isFalse();
    }

    private static boolean accepts(Provider provider, PublicKey key, byte[] message, byte[] candidate)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519", provider);
        try {
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(candidate);
        } catch (SignatureException e) {
            return false; // how the JDK refuses what is malformed
        }
    }

    private static PublicKey unchecked(byte[] spki) throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519", jdk()).generatePublic(new X509EncodedKeySpec(spki));
    }

    private static Provider jdk() {
        return Security.getProvider("SunEC");
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] changed = bytes.clone();
        changed[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
        return changed;
    }

    private static byte[] copy(byte[] signature, int from) {
        return Arrays.copyOfRange(signature, from, from + 32);
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }
}
