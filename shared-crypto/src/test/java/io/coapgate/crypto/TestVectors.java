package io.coapgate.crypto;

import java.util.HexFormat;

/** Published vectors that tests of several packages use. */
public final class TestVectors {

    /** RFC 8392 Appendix A.1, the claims set of the other examples. */
    public static final byte[] RFC8392_CLAIMS = hex("a70175636f61703a2f2f61732e6578616d706c652e636f6d02656572696b7703"
            + "7818636f61703a2f2f6c696768742e6578616d706c652e636f6d041a5612aeb0051a5610d9f0061a5610d9f007420b71");

    /** RFC 8392 Appendix A.2.1, for AES-CCM. */
    public static final byte[] RFC8392_KEY_128 =
            hex("a42050231f4c4d4d3051fdc2ec0a3851d5b3830104024c53796d6d6574726963313238030a");

    /** RFC 8392 Appendix A.2.2. */
    public static final byte[] RFC8392_KEY_256 =
            hex("a4205820403697de87af64611c1d32a05dab0fe1fcb715a86ab435f1ec99192d79"
                    + "5693880104024c53796d6d65747269633235360304");

    /** RFC 8392 Appendix A.2.3. */
    public static final byte[] RFC8392_KEY_EC =
            hex("a72358206c1382765aec5358f117733d281c1c7bdc39884d04a45a1e6c67c858bc20"
                    + "6c1922582060f7f1a780d8a783bfb7a2dd6b2796e8128dbbcef9d3d168db9529971a36e7b9215820143329cce7868e416927"
                    + "599cf65a34f3ce2ffda55a7eca69ed8919a394d42f0f2001010202524173796d6d65747269634543445341323536"
                    + "0326");

    /** RFC 8392 Appendix A.3. */
    public static final byte[] RFC8392_SIGNED =
            hex("d28443a10126a104524173796d6d657472696345434453413235365850a70175636f"
                    + "61703a2f2f61732e6578616d706c652e636f6d02656572696b77037818636f61703a2f2f6c696768742e6578616d706c652e"
                    + "636f6d041a5612aeb0051a5610d9f0061a5610d9f007420b7158405427c1ff28d23fbad1f29c4c7c6a555e601d6fa29f9179"
                    + "bc3d7438bacaca5acd08c8d4d4f96131680c429a01f85951ecee743a52b9b63632c57209120e1c9e30");

    /** RFC 8392 Appendix A.4. */
    public static final byte[] RFC8392_MACED =
            hex("d83dd18443a10104a1044c53796d6d65747269633235365850a70175636f61703a2f"
                    + "2f61732e6578616d706c652e636f6d02656572696b77037818636f61703a2f2f6c696768742e6578616d706c652e636f6d04"
                    + "1a5612aeb0051a5610d9f0061a5610d9f007420b7148093101ef6d789200");

    /** RFC 8392 Appendix A.5. */
    public static final byte[] RFC8392_ENCRYPTED =
            hex("d08343a1010aa2044c53796d6d6574726963313238054d99a0d7846e762c49ffe8a63e0b5858b918a11fd81e438b7f973d9e"
                    + "2e119bcb22424ba0f38a80f27562f400ee1d0d6c0fdb559c02421fd384fc2ebe22d7071378b0ea7428fff157444d45f7e6af"
                    + "cda1aae5f6495830c58627087fc5b4974f319a8707a635dd643b");

    /** RFC 8392 Appendix A.6: A.3 inside, with the key of A.2.1 outside. */
    public static final byte[] RFC8392_NESTED =
            hex("d08343a1010aa2044c53796d6d6574726963313238054d4a0694c0e69ee6b5956655c7b258b7f6b0914f993de822cc47e5e5"
                    + "7a188d7960b528a747446fe12f0e7de05650dec74724366763f167a29c002dfd15b34d8993391cf49bc91127f545dba8703d"
                    + "66f5b7f1ae91237503d371e6333df9708d78c4fb8a8386c8ff09dc49af768b23179deab78d96490a66d5724fb33900c60799"
                    + "d9872fac6da3bdb89043d67c2a05414ce331b5b8f1ed8ff7138f45905db2c4d5bc8045ab372bff142631610a7e0f677b7e9b"
                    + "0bc73adefdcee16d9d5d284c616abeab5d8c291ce0");

    /** RFC 8392 Appendix A.7: {@code iat} as a float. */
    public static final byte[] RFC8392_FLOAT =
            hex("d18443a10104a1044c53796d6d65747269633235364ba106fb41d584367c200000" + "48b8816f34c0542892");

    private TestVectors() {}

    public static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
