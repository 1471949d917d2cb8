package io.coapgate.crypto.cose;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import COSE.Attribute;
import COSE.Encrypt0Message;
import COSE.HeaderKeys;
import COSE.MAC0Message;
import COSE.Message;
import COSE.MessageTag;
import COSE.OneKey;
import COSE.Sign1Message;
import com.upokecenter.cbor.CBORObject;
import io.coapgate.crypto.cose.CoseException.Reason;
import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.i2p.crypto.eddsa.EdDSASecurityProvider;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ours beside cose-java 1.1.0, an independent implementation: what one makes the other verifies, and where it accepts what
 * we refuse, the difference is listed and meant.
 */
class CoseJavaDifferentialTest {

    private static final int MAX = 65_535;
    private static final byte[] AAD = hex("11aa22bb");
    private static final byte[] KID = hex("6b31");
    private static final int[] LENGTHS = {0, 1, 23, 24, 255, 256, 5_000};

    private static final byte[] SECRET = secret(CoseAlgorithm.HMAC_256_256);

    private static final String I2P = "EdDSA";

    @BeforeAll
    static void letCoseJavaFindItsAlgorithms() {
        Security.addProvider(new EdDSASecurityProvider());
        Security.addProvider(new BouncyCastleProvider()); // and its AES-CCM
    }

    @AfterAll
    static void forgetIt() {
        Security.removeProvider(I2P);
        Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
    }

    static Stream<CoseAlgorithm> signatures() {
        return Stream.of(CoseAlgorithm.values()).filter(algorithm -> algorithm.kind() == CoseAlgorithm.Kind.SIGNATURE);
    }

    static Stream<CoseAlgorithm> macs() {
        return Stream.of(CoseAlgorithm.values()).filter(algorithm -> algorithm.kind() == CoseAlgorithm.Kind.MAC);
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void eachVerifiesTheSignaturesOfTheOther(CoseAlgorithm algorithm) throws Exception {
        KeyPair pair = generate(algorithm);
        SigningKey signer = SigningKey.of(algorithm, pair.getPrivate()).withKeyId(KeyId.of(KID));
        VerificationKey verifier = VerificationKey.of(algorithm, pair.getPublic());
        OneKey theirs = theirs(pair);
        for (int length : LENGTHS) {
            byte[] payload = payload(length);
            Sign1Message read = (Sign1Message) Message.DecodeFromBytes(CoseSign1.create(signer, payload, AAD));
            read.setExternal(AAD);
            assertThat(read.validate(theirs)).isTrue();
            assertThat(read.GetContent()).isEqualTo(payload);

            byte[] made = signedByThem(algorithm, theirs, payload);
            CoseSign1 decoded = CoseSign1.decode(made, MAX);
            assertThat(decoded.verify(verifier, AAD)).isEqualTo(payload);
            assertThat(decoded.headers().keyId()).contains(KeyId.of(KID));
            assertThat(made).hasSameSizeAs(CoseSign1.create(signer, payload, AAD));
        }
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void neitherVerifiesASignatureOverSomethingElse(CoseAlgorithm algorithm) throws Exception {
        KeyPair pair = generate(algorithm);
        VerificationKey verifier = VerificationKey.of(algorithm, pair.getPublic());
        OneKey theirs = theirs(pair);
        byte[] made = CoseSign1.create(SigningKey.of(algorithm, pair.getPrivate()), payload(24), AAD);
        byte[] otherPayload = made.clone();
        otherPayload[made.length - algorithm.tagLength() - 4] ^= 1;
        byte[] otherSignature = made.clone();
        otherSignature[made.length - 1] ^= 1;
        for (byte[] message : new byte[][] {otherPayload, otherSignature}) {
            assertReason(
                    Reason.BAD_SIGNATURE, () -> CoseSign1.decode(message, MAX).verify(verifier, AAD));
            Sign1Message read = (Sign1Message) Message.DecodeFromBytes(message);
            read.setExternal(AAD);
            assertThat(accepts(() -> read.validate(theirs))).isFalse();
        }
        Sign1Message otherAad = (Sign1Message) Message.DecodeFromBytes(made);
        otherAad.setExternal(KID);
        assertThat(accepts(() -> otherAad.validate(theirs))).isFalse();
        assertReason(Reason.BAD_SIGNATURE, () -> CoseSign1.decode(made, MAX).verify(verifier, KID));
    }

    @ParameterizedTest
    @MethodSource("macs")
    void bothMakeTheSameBytesForAMac(CoseAlgorithm algorithm) throws Exception {
        byte[] secret = secret(algorithm);
        SigningKey maker = SigningKey.of(algorithm, SecretBytes.copyOf(secret)).withKeyId(KeyId.of(KID));
        VerificationKey verifier = VerificationKey.of(algorithm, SecretBytes.copyOf(secret));
        for (int length : LENGTHS) {
            byte[] payload = payload(length);
            byte[] ours = CoseMac0.create(maker, payload, AAD);
            assertThat(ours).isEqualTo(macedByThem(algorithm, payload));
            assertThat(CoseMac0.decode(ours, MAX).verify(verifier, AAD)).isEqualTo(payload);
            MAC0Message read = (MAC0Message) Message.DecodeFromBytes(ours);
            read.setExternal(AAD);
            assertThat(read.Validate(secret)).isTrue();
            read.setExternal(KID);
            assertThat(read.Validate(secret)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.MATCH_ANY,
            names = {"A\\d+GCM", "AES_CCM_.*"})
    void bothMakeTheSameBytesOfTheSameNonce(CoseAlgorithm algorithm) throws Exception {
        byte[] secret = new byte[algorithm.keyLength()];
        Arrays.fill(secret, (byte) 0x5c);
        byte[] iv = new byte[algorithm.nonceLength()];
        EncryptionKey maker = EncryptionKey.of(algorithm, SecretBytes.copyOf(secret));
        DecryptionKey recipient = DecryptionKey.of(algorithm, SecretBytes.copyOf(secret));
        for (int length : LENGTHS) {
            iv[0]++;
            byte[] ours = CoseEncrypt0.create(maker, iv, payload(length), AAD);
            assertThat(ours).isEqualTo(encryptedByThem(algorithm, secret, iv, payload(length)));
            assertThat(CoseEncrypt0.decode(ours, MAX).decrypt(recipient, AAD)).isEqualTo(payload(length));
            Encrypt0Message read = (Encrypt0Message) Message.DecodeFromBytes(ours);
            read.setExternal(AAD);
            assertThat(read.decrypt(secret)).isEqualTo(payload(length));
        }
    }

    @Test
    void bothMakeTheSameBytesForAnEd25519Signature() throws Exception {
        KeyPair pair = generate(CoseAlgorithm.EDDSA);
        SigningKey signer =
                SigningKey.of(CoseAlgorithm.EDDSA, pair.getPrivate()).withKeyId(KeyId.of(KID));
        OneKey theirs = theirs(pair);
        assertThat(CoseSign1.create(signer, payload(100), AAD))
                .isEqualTo(signedByThem(CoseAlgorithm.EDDSA, theirs, payload(100)));
    }

    /** Each has a right MAC: nothing but the rule that it breaks speaks against it. */
    @Nested
    class WeRefuseAndCoseJavaAccepts {

        private static final String PAYLOAD = "546869732069732074686520636f6e74656e742e";

        @ParameterizedTest(name = "{0}")
        @CsvSource({
            "critical parameter that nobody knows, UNSUPPORTED_CRITICAL_HEADER, a30105028118631863f6, a0",
            "critical parameter that is absent, UNSUPPORTED_CRITICAL_HEADER, a2010502811863, a0",
            "empty crit, UNSUPPORTED_CRITICAL_HEADER, a201050280, a0",
            "crit that is no array, UNSUPPORTED_CRITICAL_HEADER, a2010502f6, a0",
            "crit in the unprotected header, INVALID_HEADER, a10105, a102811863",
            "algorithm in the unprotected header only, INVALID_HEADER, '', a10105",
            "algorithm unprotected beside an empty map, INVALID_HEADER, a0, a10105",
            "kid in both headers, INVALID_HEADER, a201050441aa, a10441bb",
            "kid of text, INVALID_HEADER, a10105, a1046131",
            "kid of no bytes, INVALID_HEADER, a10105, a10440",
            "kid of 65 bytes, INVALID_HEADER, a10105, a1045841"
                    + "0000000000000000000000000000000000000000000000000000000000000000"
                    + "000000000000000000000000000000000000000000000000000000000000000000",
            "IV beside Partial IV, INVALID_HEADER, a10105, a20541aa0641bb",
            "IV of text, INVALID_HEADER, a10105, a1056131",
            "content type below zero, INVALID_HEADER, a2010503 20, a0",
            "label of bytes, INVALID_HEADER, a10105, a1414100",
            "tag in the unprotected header, MALFORMED, a10105, a11863c100",
            "undefined in the unprotected header, MALFORMED, a10105, a11863f7",
            "unprotected header of indefinite length, MALFORMED, a10105, bfff",
            "unprotected header nested 17 deep, TOO_LARGE, a10105, a118638181818181818181818181818181818180"
        })
        void headers(String rule, Reason reason, String protectedHeader, String unprotected) throws Exception {
            String header = protectedHeader.replace(" ", "");
            byte[] message =
                    hex("d184" + CborText.bstr(header) + unprotected + CborText.bstr(PAYLOAD) + "5820" + mac(header));
            weRefuse(reason, message);
            assertThat(theyAccept(message)).isTrue();
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({
            "no tag, WRONG_STRUCTURE, '84', 43a10105, 54, 5820, ''",
            "tag in two bytes, WRONG_STRUCTURE, 'd81184', 43a10105, 54, 5820, ''",
            "array of indefinite length, MALFORMED, 'd19f', 43a10105, 54, 5820, ff",
            "length of the payload in two bytes, MALFORMED, 'd184', 43a10105, 5814, 5820, ''",
            "length of the MAC in three bytes, MALFORMED, 'd184', 43a10105, 54, 590020, ''",
            "algorithm in two bytes, MALFORMED, 'd184', 44a1011805, 54, 5820, ''",
            "protected map of indefinite length, MALFORMED, 'd184', 44bf0105ff, 54, 5820, ''",
            "protected header in chunks, MALFORMED, 'd184', 5f43a10105ff, 54, 5820, ''"
        })
        void encodings(
                String rule, Reason reason, String head, String header, String payload, String macHead, String end)
                throws Exception {
            byte[] message = hex(head + header + "a0" + payload + PAYLOAD + macHead + mac("a10105") + end);
            weRefuse(reason, message);
            assertThat(theyAccept(message)).isTrue();
        }

        @Test
        void anAlgorithmOtherThanTheKeysOwn() throws Exception {
            CBORObject key = CoseKey.ofSecret(SecretBytes.copyOf(SECRET))
                    .withAlgorithm(CoseAlgorithm.HMAC_256_256)
                    .toCbor();
            byte[] message = CoseMac0.create(
                    SigningKey.of(CoseAlgorithm.HMAC_256_64, SecretBytes.copyOf(SECRET)), payload(9), AAD);
            VerificationKey ours = CoseKey.ofCbor(key).verificationKey(CoseAlgorithm.HMAC_256_256);
            assertReason(
                    Reason.ALGORITHM_MISMATCH,
                    () -> CoseMac0.decode(message, MAX).verify(ours, AAD));
            MAC0Message theirs = (MAC0Message) Message.DecodeFromBytes(message);
            theirs.setExternal(AAD);
            assertThat(theirs.Validate(new OneKey(key).get(COSE.KeyKeys.Octet_K).GetByteString()))
                    .isTrue();
        }

        @Test
        void aKeyWhoseOperationsDoNotAllowIt() throws Exception {
            KeyPair pair = generate(CoseAlgorithm.ES256);
            CBORObject signOnly = CoseKey.ofPublicKey(pair.getPublic()).toCbor();
            signOnly.set(
                    CBORObject.FromObject(CoseKeyReader.KEY_OPS),
                    CBORObject.NewArray().Add(1));
            byte[] message =
                    CoseSign1.create(SigningKey.of(CoseAlgorithm.ES256, pair.getPrivate()), payload(9), new byte[0]);
            assertReason(Reason.KEY_USE_REFUSED, () -> CoseKey.ofCbor(signOnly).verificationKey(CoseAlgorithm.ES256));
            assertThat(((Sign1Message) Message.DecodeFromBytes(message)).validate(new OneKey(signOnly)))
                    .isTrue();
        }

        @Test
        void anEd25519SignatureWithTheGroupOrderAddedToIt() throws Exception {
            KeyPair pair = generate(CoseAlgorithm.EDDSA);
            byte[] message =
                    CoseSign1.create(SigningKey.of(CoseAlgorithm.EDDSA, pair.getPrivate()), payload(9), new byte[0]);
            byte[] malleated = withOrderAdded(message);
            VerificationKey ours = VerificationKey.of(CoseAlgorithm.EDDSA, pair.getPublic());
            assertReason(
                    Reason.BAD_SIGNATURE, () -> CoseSign1.decode(malleated, MAX).verify(ours, CoseMessage.NO_AAD));
            assertThat(((Sign1Message) Message.DecodeFromBytes(malleated)).validate(theirs(pair)))
                    .isTrue();
        }

        @Test
        void anEd25519KeyOfSmallOrderForWhichAnybodySigns() throws Exception {
            String neutral = "01" + "00".repeat(31);
            byte[] message = CborText.message("d2", "a10127", "a0", "aa", neutral + "00".repeat(32));
            assertThatThrownBy(() -> Ed25519.publicKey(hex(neutral))).hasMessageContaining("not the point");
            assertReason(Reason.INVALID_KEY, () -> CoseKey.decode(hex("a301012006215820" + neutral)));
            OneKey theirs = new OneKey(CBORObject.DecodeFromBytes(hex("a301012006215820" + neutral)));
            assertThat(((Sign1Message) Message.DecodeFromBytes(message)).validate(theirs))
                    .isTrue();
        }

        private static void weRefuse(Reason reason, byte[] message) throws CoseException {
            VerificationKey key = VerificationKey.of(CoseAlgorithm.HMAC_256_256, SecretBytes.copyOf(SECRET));
            assertReason(reason, () -> CoseMessage.decode(message, MAX).verify(key, CoseMessage.NO_AAD));
        }

        private static boolean theyAccept(byte[] message) throws Exception {
            return ((MAC0Message) Message.DecodeFromBytes(message, MessageTag.MAC0)).Validate(SECRET);
        }

        /** The MAC_structure of RFC 9052 §6.3, by hand; an empty map is a zero-length string in it. */
        private static String mac(String header) throws Exception {
            String authenticated =
                    "84644d414330" + CborText.bstr(header.equals("a0") ? "" : header) + "40" + CborText.bstr(PAYLOAD);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
            return hex(mac.doFinal(hex(authenticated)));
        }

        /** Adds the order of the group to s, the little-endian second half of the signature at the message's end. */
        private static byte[] withOrderAdded(byte[] message) {
            BigInteger order =
                    BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));
            byte[] malleated = message.clone();
            byte[] s = reversed(Arrays.copyOfRange(message, message.length - 32, message.length));
            byte[] sum = reversed(new BigInteger(1, s).add(order).toByteArray());
            System.arraycopy(sum, 0, malleated, message.length - 32, 32);
            return malleated;
        }

        private static byte[] reversed(byte[] bytes) {
            byte[] reversed = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                reversed[i] = bytes[bytes.length - 1 - i];
            }
            return reversed;
        }
    }

    private static byte[] signedByThem(CoseAlgorithm algorithm, OneKey key, byte[] payload) throws Exception {
        Sign1Message message = new Sign1Message();
        message.addAttribute(HeaderKeys.Algorithm, CBORObject.FromObject(algorithm.id()), Attribute.PROTECTED);
        message.addAttribute(HeaderKeys.KID, CBORObject.FromObject(KID), Attribute.UNPROTECTED);
        message.SetContent(payload);
        message.setExternal(AAD);
        message.sign(key);
        return message.EncodeToBytes();
    }

    private static byte[] macedByThem(CoseAlgorithm algorithm, byte[] payload) throws Exception {
        MAC0Message message = new MAC0Message();
        message.addAttribute(HeaderKeys.Algorithm, CBORObject.FromObject(algorithm.id()), Attribute.PROTECTED);
        message.addAttribute(HeaderKeys.KID, CBORObject.FromObject(KID), Attribute.UNPROTECTED);
        message.SetContent(payload);
        message.setExternal(AAD);
        message.Create(secret(algorithm));
        return message.EncodeToBytes();
    }

    private static byte[] encryptedByThem(CoseAlgorithm algorithm, byte[] secret, byte[] iv, byte[] payload)
            throws Exception {
        Encrypt0Message message = new Encrypt0Message();
        message.addAttribute(HeaderKeys.Algorithm, CBORObject.FromObject(algorithm.id()), Attribute.PROTECTED);
        message.addAttribute(HeaderKeys.IV, CBORObject.FromObject(iv), Attribute.UNPROTECTED);
        message.SetContent(payload);
        message.setExternal(AAD);
        message.encrypt(secret);
        return message.EncodeToBytes();
    }

    /** cose-java wants a secret just as long as the hash. */
    private static byte[] secret(CoseAlgorithm algorithm) {
        String name = algorithm.name();
        return hex("5c".repeat(name.contains("512") ? 64 : name.contains("384") ? 48 : 32));
    }

    private static OneKey theirs(KeyPair pair) throws Exception {
        CBORObject map = CoseKey.ofPublicKey(pair.getPublic()).toCbor();
        int length = map.get(CBORObject.FromObject(CoseKeyReader.X)).GetByteString().length;
        byte[] d = pair.getPrivate() instanceof ECPrivateKey ec
                ? hex(("%0" + 2 * length + "x").formatted(ec.getS()))
                : Ed25519.seed(pair.getPrivate());
        map.set(CBORObject.FromObject(CoseKeyReader.D), CBORObject.FromObject(d));
        return new OneKey(map);
    }

    private static byte[] payload(int length) {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) 0xa5);
        return payload;
    }

    private static KeyPair generate(CoseAlgorithm algorithm) throws Exception {
        KeyPairGenerator generator =
                KeyPairGenerator.getInstance(algorithm.name().startsWith("ES") ? "EC" : "Ed25519");
        switch (algorithm.name()) {
            case "ES256" -> generator.initialize(new ECGenParameterSpec("secp256r1"));
            case "ES384" -> generator.initialize(new ECGenParameterSpec("secp384r1"));
            case "ES512" -> generator.initialize(new ECGenParameterSpec("secp521r1"));
            default -> {}
        }
        return generator.generateKeyPair();
    }

    private static boolean accepts(Validation validation) {
        try {
            return validation.validate();
        } catch (COSE.CoseException e) {
            return false;
        }
    }

    private interface Validation {
        boolean validate() throws COSE.CoseException;
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CoseException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
