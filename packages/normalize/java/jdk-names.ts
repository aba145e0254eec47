/** Simple names that every Java file sees without an import. */
export const javaLang: ReadonlySet<string> = new Set(
  `Appendable AutoCloseable CharSequence Cloneable Comparable Iterable Readable Runnable Boolean Byte Character Class ClassLoader ClassValue Double Enum Float
  InheritableThreadLocal Integer Long Math Module ModuleLayer Number Object Package Process ProcessBuilder ProcessHandle Record Runtime RuntimePermission SecurityManager Short
  StackTraceElement StackWalker StrictMath String StringBuffer StringBuilder System Thread ThreadGroup ThreadLocal Throwable Void ArithmeticException
  ArrayIndexOutOfBoundsException ArrayStoreException ClassCastException ClassNotFoundException CloneNotSupportedException Exception IllegalAccessException
  IllegalArgumentException IllegalMonitorStateException IllegalStateException IndexOutOfBoundsException InstantiationException InterruptedException
  NegativeArraySizeException NoSuchFieldException NoSuchMethodException NullPointerException NumberFormatException ReflectiveOperationException RuntimeException
  SecurityException StringIndexOutOfBoundsException UnsupportedOperationException AssertionError Error ExceptionInInitializerError LinkageError
  NoClassDefFoundError OutOfMemoryError StackOverflowError VirtualMachineError Deprecated FunctionalInterface Override SafeVarargs SuppressWarnings`.split(/\s+/),
);

const packages: readonly (readonly [string, string])[] = [
  ['java.util', `AbstractList AbstractMap AbstractSet ArrayDeque ArrayList Arrays Base64 BitSet Calendar Collection Collections Comparator Currency Date Deque Dictionary
    EnumMap EnumSet Enumeration EventListener EventObject Formatter GregorianCalendar HashMap HashSet Hashtable IdentityHashMap Iterator LinkedHashMap LinkedHashSet LinkedList
    List ListIterator Locale Map MissingResourceException NavigableMap NavigableSet NoSuchElementException Objects Optional OptionalInt OptionalLong PriorityQueue Properties Queue
    Random ResourceBundle Scanner ServiceLoader Set SortedMap SortedSet Spliterator SplittableRandom Stack StringJoiner StringTokenizer TimeZone Timer TimerTask TreeMap TreeSet
    UUID Vector WeakHashMap`],
  ['java.util.function', `BiConsumer BiFunction BinaryOperator BiPredicate Consumer Function IntFunction Predicate Supplier ToIntFunction UnaryOperator`],
  ['java.util.regex', 'Matcher Pattern PatternSyntaxException MatchResult'],
  ['java.util.stream', 'Collector Collectors IntStream LongStream Stream StreamSupport'],
  ['java.util.concurrent', `Callable CompletableFuture ConcurrentHashMap ConcurrentMap CopyOnWriteArrayList CountDownLatch Executor ExecutorService Executors Future
    LinkedBlockingQueue ThreadLocalRandom TimeUnit`],
  ['java.util.zip', 'ZipEntry ZipFile ZipInputStream ZipOutputStream GZIPInputStream GZIPOutputStream'],
  ['java.util.jar', 'JarEntry JarFile JarInputStream JarOutputStream'],
  ['java.util.logging', 'Handler Level LogManager Logger LogRecord'],
  ['java.io', `BufferedInputStream BufferedOutputStream BufferedReader BufferedWriter ByteArrayInputStream ByteArrayOutputStream Closeable Console DataInput DataInputStream DataOutputStream
    EOFException Externalizable File FileDescriptor FileFilter FileInputStream FilenameFilter FileNotFoundException FileOutputStream FileReader FileWriter FilterInputStream Flushable IOException
    InputStream InputStreamReader ObjectInput ObjectInputStream ObjectOutputStream OutputStream OutputStreamWriter PipedInputStream PipedOutputStream PrintStream
    PrintWriter PushbackInputStream RandomAccessFile Reader Serializable StringReader StringWriter UncheckedIOException UnsupportedEncodingException Writer`],
  ['java.nio.file', 'FileAlreadyExistsException FileSystem FileSystems FileVisitor Files InvalidPathException LinkOption NoSuchFileException Path Paths SimpleFileVisitor StandardCopyOption StandardOpenOption'],
  ['java.nio.charset', 'Charset StandardCharsets'],
  ['java.nio', 'ByteBuffer CharBuffer'],
  ['java.net', `DatagramPacket DatagramSocket HttpCookie HttpURLConnection Inet4Address InetAddress InetSocketAddress JarURLConnection MalformedURLException NetworkInterface Proxy ServerSocket Socket SocketException
    SocketTimeoutException URI URISyntaxException URL URLClassLoader URLConnection URLDecoder URLEncoder UnknownHostException`],
  ['java.net.http', 'HttpClient HttpHeaders HttpRequest HttpResponse WebSocket'],
  ['java.security', `GeneralSecurityException InvalidKeyException Key KeyFactory KeyPair KeyPairGenerator KeyStore MessageDigest NoSuchAlgorithmException
    NoSuchProviderException Principal PrivateKey PublicKey SecureRandom Security Signature`],
  ['javax.crypto', 'BadPaddingException Cipher CipherInputStream CipherOutputStream IllegalBlockSizeException KeyAgreement KeyGenerator Mac NoSuchPaddingException SecretKey SecretKeyFactory'],
  ['javax.crypto.spec', 'DESKeySpec DESedeKeySpec GCMParameterSpec IvParameterSpec PBEKeySpec PBEParameterSpec SecretKeySpec'],
  ['java.sql', 'BatchUpdateException Blob CallableStatement Clob Connection DatabaseMetaData Driver DriverManager PreparedStatement ResultSet ResultSetMetaData SQLException Statement Timestamp Types'],
  ['javax.sql', 'DataSource'],
  ['javax.naming', 'CompositeName Context InitialContext Name NamingEnumeration NamingException'],
  ['javax.naming.directory', 'Attribute Attributes BasicAttribute BasicAttributes DirContext InitialDirContext SearchControls SearchResult'],
  ['javax.naming.ldap', 'InitialLdapContext LdapContext'],
  ['javax.xml.parsers', 'DocumentBuilder DocumentBuilderFactory ParserConfigurationException SAXParser SAXParserFactory'],
  ['javax.xml.transform', 'OutputKeys Source Transformer TransformerException TransformerFactory'],
  ['javax.xml.xpath', 'XPath XPathConstants XPathExpression XPathExpressionException XPathFactory'],
  ['javax.xml.stream', 'XMLEventReader XMLInputFactory XMLStreamReader'],
  ['org.w3c.dom', 'Document Element Node NodeList'],
  ['org.xml.sax', 'InputSource SAXException XMLReader'],
  ['javax.script', 'Bindings Compilable CompiledScript Invocable ScriptContext ScriptEngine ScriptEngineManager ScriptException'],
  ['java.beans', 'XMLDecoder XMLEncoder'],
  ['java.lang.reflect', 'Constructor Field InvocationHandler InvocationTargetException Method Proxy'],
  ...servlet('javax'),
  ...servlet('jakarta'),
];

function servlet(root: string): (readonly [string, string])[] {
  return [
    [`${root}.servlet`, `Filter FilterChain FilterConfig GenericServlet RequestDispatcher Servlet ServletConfig ServletContext ServletContextEvent ServletContextListener ServletException
      ServletInputStream ServletOutputStream ServletRequest ServletResponse`],
    [`${root}.servlet.http`, 'Cookie HttpFilter HttpServlet HttpServletRequest HttpServletRequestWrapper HttpServletResponse HttpServletResponseWrapper HttpSession Part'],
    [`${root}.servlet.annotation`, 'MultipartConfig WebFilter WebInitParam WebListener WebServlet'],
    [`${root}.ws.rs`, 'BeanParam Consumes CookieParam DELETE DefaultValue FormParam GET HEAD HeaderParam MatrixParam POST PUT Path PathParam Produces QueryParam WebApplicationException'],
    [`${root}.ws.rs.core`, 'Context Cookie HttpHeaders MediaType MultivaluedMap NewCookie Response SecurityContext UriBuilder UriInfo'],
    [`${root}.persistence`, 'Column Entity EntityManager EntityManagerFactory Id NamedQuery PersistenceContext Query Table TypedQuery'],
  ];
}

/** What packages that are imported as a whole (`import java.util.*`) have, as far as flows care. */
export const packageMembers: ReadonlyMap<string, ReadonlySet<string>> = new Map(packages.map(([name, members]) => [name, new Set(members.split(/\s+/))]));
