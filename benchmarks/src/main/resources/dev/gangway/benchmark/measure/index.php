<?php
// The servlets in PHP.
[, $workload, $number] = explode('/', $_SERVER['DOCUMENT_URI']);
$offset = $number % 62;
$pattern = fn($length) => substr(str_repeat('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 300), $offset, $length);
switch ($workload) {
    case 'hello':
        header('Content-Type: text/plain');
        echo "Hello $number";
        break;
    case '16k':
        header('Content-Type: application/octet-stream');
        echo $pattern(16384);
        break;
    case '1m':
        header('Content-Type: application/octet-stream');
        $block = $pattern(8192);
        for ($i = 0; $i < 128; $i++) echo $block;
        break;
    case 'upload':
        header('Content-Type: text/plain');
        $in = fopen('php://input', 'rb');
        for ($length = $next = $sum = 0; ($block = fread($in, 8192)) != ''; $length += strlen($block))
            for (; $next < $length + strlen($block); $next += 1024) $sum += ord($block[$next - $length]);
        echo "$number: $length bytes, $sum";
}
