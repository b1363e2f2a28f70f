#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""extract.py: the articles of many pages, by pith on the workers of a Spark
cluster. Run by spark-submit, or by python3 where pyspark is installed.

    spark-submit extract.py [--pith PATH] [--partitions N] [--names]
                            INPUT OUTPUT [-- OPTION OF PITH ...]

INPUT is what textFile() takes: a file, a folder or a pattern, in any file
system Spark knows, of JSON lines with a page in "html" (or "text") and its
address in "url". With --names it is a list of WARC archives instead, one path
a line, which every worker must be able to open; each is a task of its own.
OUTPUT is a folder, which must not be there: JSON lines in gzip, a file for
each partition. Lines keep their order, and all fields of a line but the page
go on to the line that comes out.

pith must be installed on every worker: its build needs no more than the
packages that "make deps" names.

What an exit status means here. pith tells of single pages by 1 (one had no
article) and 6 (one was refused), and each such page has its line, with a
status and perhaps an error. They must not fail a task: it would be run again
to the same end, and then fail the job. All else (3: a file or the pipe; a
signal: out of memory) means that lines may be missing, so the task must fail,
and Spark runs it again, spark.task.maxFailures times. rdd.pipe() by itself
does neither: it ignores every status, or with checkCode none but 0. So a shell
stands between, which turns 1 and 6 into 0.
"""
import argparse
import shlex
import sys

from pyspark.sql import SparkSession

GZIP = "org.apache.hadoop.io.compress.GzipCodec"
FORGIVE = '"$@"; status=$?; case $status in 1 | 6) exit 0 ;; esac; exit $status'


def command(pith, names, options):
    """What each partition is piped through, for a shell to read. One worker
    process is enough: Spark runs as many tasks at once as there are cores."""
    source = ["--files-from", "-"] if names else ["-I", "jsonl"]
    words = ["sh", "-c", FORGIVE, "sh", pith, "-j", "1", "-f", "jsonl"]
    return shlex.join(words + source + options)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pith", default="pith")
    parser.add_argument("--partitions", type=int,
                        help="at least so many (one for each 128 MB of input)")
    parser.add_argument("--names", action="store_true")
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument("options", nargs="*", help="of pith, after --")
    args = parser.parse_args()

    spark = SparkSession.builder.appName("pith").getOrCreate()
    lines = spark.sparkContext.textFile(args.input, args.partitions)
    if args.names:
        names = lines.filter(str.strip).collect()
        lines = spark.sparkContext.parallelize(names, max(len(names), 1))
    pages = lines.pipe(command(args.pith, args.names, args.options),
                       checkCode=True)
    pages.saveAsTextFile(args.output, GZIP)
    spark.stop()


if __name__ == "__main__":
    sys.exit(main())
