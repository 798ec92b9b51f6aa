with

as_of_days as (
    select as_of_date
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

ages as (
    {{ each_number(0, 90) }}
),

-- Of half a year's returns: after how many days they stopped waiting, or how long they were seen
-- to wait.
waits as (
    select
        as_of_days.as_of_date,
        coalesce(announced_days.exit_date <= as_of_days.as_of_date, false) as has_exited,
        {{ days_between(
            'announced_days.announced_date',
            'least(as_of_days.as_of_date, coalesce(announced_days.exit_date, as_of_days.as_of_date))'
        ) }} as waited_days,
        announced_days.announced_net_amount
    from {{ ref('int_returns_grouped_to_exit_days') }} as announced_days
    inner join as_of_days
        on
            announced_days.announced_date <= as_of_days.as_of_date
            and announced_days.announced_date > {{ add_days('as_of_days.as_of_date', -182) }}
),

by_age as (
    select
        as_of_date,
        least(waited_days, 91) as waited_days,
        sum(announced_net_amount) as left_amount,
        sum(case when has_exited then announced_net_amount else 0 end) as exited_amount
    from waits
    group by as_of_date, least(waited_days, 91)
),

gridded as (
    select
        as_of_days.as_of_date,
        ages.number as age_days,
        coalesce(by_age.exited_amount, 0) as exited_amount,
        coalesce(
            sum(by_age.left_amount) over (
                partition by as_of_days.as_of_date
                order by ages.number desc
                rows between unbounded preceding and current row
            ),
            0
        )
        + coalesce(beyond.left_amount, 0) as at_risk_amount
    from as_of_days
    cross join ages
    left join by_age
        on as_of_days.as_of_date = by_age.as_of_date and ages.number = by_age.waited_days
    left join by_age as beyond
        on as_of_days.as_of_date = beyond.as_of_date and beyond.waited_days = 91
),

-- Product limit: the share that still waits after each age. A day on which the rest exits leaves
-- a millionth, so that what is left has a share to be divided by.
survived as (
    select
        as_of_date,
        age_days,
        at_risk_amount,
        exp(
            sum(
                case
                    when at_risk_amount > 0
                        then ln(
                            greatest(1.0 - cast(exited_amount as double) / at_risk_amount, 0.000001)
                        )
                    else 0.0
                end
            ) over (
                partition by as_of_date
                order by age_days
                rows between unbounded preceding and current row
            )
        ) as open_share
    from gridded
),

opened as (
    select
        as_of_date,
        age_days,
        at_risk_amount,
        open_share,
        coalesce(lag(open_share) over (partition by as_of_date order by age_days), 1.0)
            as open_share_before
    from survived
),

methods as (
    select method_code
    from {{ ref('int_refunds_grouped_to_payout_days') }}
    group by method_code
),

payouts as (
    select
        as_of_days.as_of_date,
        refunds.method_code,
        greatest({{ days_between('refunds.announced_date', 'refunds.paid_date') }}, 0) as age_days,
        sum(refunds.refund_amount) as refund_amount
    from {{ ref('int_refunds_grouped_to_payout_days') }} as refunds
    inner join as_of_days
        on
            refunds.announced_date <= as_of_days.as_of_date
            and refunds.announced_date > {{ add_days('as_of_days.as_of_date', -182) }}
            and refunds.paid_date <= as_of_days.as_of_date
    group by
        as_of_days.as_of_date,
        refunds.method_code,
        greatest({{ days_between('refunds.announced_date', 'refunds.paid_date') }}, 0)
),

final as (
    select
        opened.as_of_date,
        methods.method_code,
        opened.age_days,
        case
            when opened.at_risk_amount > 0
                then {{ to_millionths(
                    'opened.open_share_before * coalesce(payouts.refund_amount, 0)'
                    ' / opened.at_risk_amount'
                ) }}
            else 0
        end as payout_millionths,
        {{ to_millionths('opened.open_share') }} as open_millionths
    from opened
    cross join methods
    left join payouts
        on
            opened.as_of_date = payouts.as_of_date
            and methods.method_code = payouts.method_code
            and opened.age_days = payouts.age_days
)

select * from final
